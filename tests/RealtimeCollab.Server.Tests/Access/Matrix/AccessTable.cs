using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Access.Matrix;

/// <summary>The table of docs/security.md: a row for each hub method and address, a column for each kind of caller.</summary>
internal static class AccessTable
{
    private const string FirstColumn = "call";

    public static readonly IReadOnlyList<AccessRow> Rows = Read(File.ReadAllLines(Repository.PathOf("docs", "security.md")));

    private static List<AccessRow> Read(IReadOnlyList<string> page)
    {
        var rows = new List<AccessRow>();
        string[]? callers = null;
        foreach (var line in page)
        {
            if (!line.StartsWith('|'))
            {
                callers = null;
                continue;
            }

            string[] cells = [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim().Trim('`'))];
            if (cells[0] == FirstColumn)
                callers = cells[1..];
            else if (callers is not null && !cells[0].StartsWith('-'))
                rows.Add(new AccessRow(cells[0], [.. callers.Zip(cells[1..])]));
        }

        return rows;
    }
}

/// <summary>A row of the table.</summary>
/// <param name="Call">Such as <c>DocumentHub.Subscribe</c> or <c>GET /api/documents/{documentId}</c>.</param>
/// <param name="Cells">What it answers to each caller.</param>
internal sealed record AccessRow(string Call, IReadOnlyList<(string Caller, string Answer)> Cells)
{
    public bool IsHub => !Call.Contains(' ', StringComparison.Ordinal);
}
