using System.Globalization;
using System.Net;
using System.Text;

namespace RealtimeCollab.LoadTester.Reports.Html;

/// <summary>Lines over an axis, as SVG that takes its colours from the page.</summary>
internal sealed record LineChart
{
    private const double Width = 560;
    private const double Height = 240;
    private const double Left = 52;
    private const double Right = 12;
    private const double Top = 10;
    private const double Bottom = 26;

    public required string Title { get; init; }

    /// <summary>What is to be seen, in a sentence.</summary>
    public required string About { get; init; }

    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>Writes a y value where somebody points at it.</summary>
    public required Func<double, string> Write { get; init; }

    public string ToHtml()
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"card\"><h2>{WebUtility.HtmlEncode(Title)}</h2><p class=\"about\">{WebUtility.HtmlEncode(About)}</p><ul class=\"legend\">");
        foreach (var line in Lines)
            html.Append(CultureInfo.InvariantCulture, $"<li><i class=\"{line.Color}\"></i>{WebUtility.HtmlEncode(line.Name)}</li>");
        html.Append(CultureInfo.InvariantCulture, $"</ul><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Title)}\">");
        DrawAxes(html);
        // the first one is what the chart is about, so it comes on top
        foreach (var line in Lines.Reverse())
            Draw(html, line);
        return html.Append("</svg></section>").ToString();
    }

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private string PlaceX(double value) => Number(Left + (X.Place(value) * (Width - Left - Right)));

    private string PlaceY(double value) => Number(Height - Bottom - (Y.Place(value) * (Height - Top - Bottom)));

    private void DrawAxes(StringBuilder html)
    {
        foreach (var tick in Y.Ticks)
        {
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{PlaceY(tick.Value)}\" y2=\"{PlaceY(tick.Value)}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{PlaceY(tick.Value)}\" dy=\"0.35em\" text-anchor=\"end\">{WebUtility.HtmlEncode(tick.Label)}</text>");
        }

        foreach (var tick in X.Ticks)
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{PlaceX(tick.Value)}\" y=\"{Height - 6}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(tick.Label)}</text>");
    }

    private void Draw(StringBuilder html, ChartLine line)
    {
        if (line.Points.Count == 0)
            return;
        var path = string.Join(' ', line.Points.Select(point => $"{PlaceX(point.X)},{PlaceY(point.Y)}"));
        html.Append(CultureInfo.InvariantCulture, $"<g class=\"{line.Color}\">");
        if (line.IsFilled)
            html.Append(CultureInfo.InvariantCulture, $"<polygon class=\"area\" points=\"{PlaceX(line.Points[0].X)},{PlaceY(0)} {path} {PlaceX(line.Points[^1].X)},{PlaceY(0)}\"/>");
        html.Append(CultureInfo.InvariantCulture, $"<polyline class=\"series{(line.IsDashed ? " dashed" : "")}\" points=\"{path}\"/>");
        foreach (var point in line.Points)
        {
            html.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{PlaceX(point.X)}\" cy=\"{PlaceY(point.Y)}\" r=\"5\">");
            html.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode($"{line.Name}, {point.Label}: {Write(point.Y)}")}</title></circle>");
        }

        html.Append("</g>");
    }
}

/// <param name="Name">For the legend.</param>
/// <param name="Color">A class of the page's style: c1 to c5.</param>
/// <param name="Points">From left to right.</param>
internal sealed record ChartLine(string Name, string Color, IReadOnlyList<ChartPoint> Points)
{
    public bool IsDashed { get; init; }

    public bool IsFilled { get; init; }
}

/// <param name="X">Where.</param>
/// <param name="Y">How much.</param>
/// <param name="Label">What X is, for people.</param>
internal readonly record struct ChartPoint(double X, double Y, string Label);
