using System.Globalization;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Reports;

/// <summary>Prints a comparison.</summary>
internal sealed class ComparisonView(IAnsiConsole console)
{
    public void Show(Comparison comparison)
    {
        foreach (var setting in comparison.Settings)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]Not the same load: {setting.Name} {setting.A} and {setting.B}[/]");

        var table = new Table().Border(TableBorder.Rounded).AddColumn("Figure");
        foreach (var column in new[] { Markup.Escape(comparison.A), Markup.Escape(comparison.B), "difference", "ratio" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var row in comparison.Rows)
        {
            var color = row.IsBetter switch { true => "green", false => "red", null => "grey" };
            var sign = row.Difference > 0 ? "+" : "";
            table.AddRow(
                Markup.Escape(row.Unit.Length == 0 ? row.Name : $"{row.Name}, {row.Unit}"),
                Figures.Number(row.A),
                Figures.Number(row.B),
                $"[{color}]{sign}{Figures.Number(row.Difference)}[/]",
                row.Ratio is { } ratio ? $"[{color}]{Figures.Number(ratio)}×[/]" : "–");
        }

        console.Write(table);
    }
}
