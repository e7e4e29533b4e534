using System.Text.RegularExpressions;

namespace RealtimeCollab.Server.Tests.Docs;

/// <summary>
/// An example of docs/protocol.md. Its lines: <c>name connects query</c>, <c>name connects to hub
/// query</c>, <c>name disconnects</c>, <c>name> Method argument</c>, <c>name&lt; result</c>,
/// <c>name! code</c>, <c>name* Callback argument</c>; an indented line goes on with the one before it.
/// </summary>
internal sealed partial record Transcript(int Line, IReadOnlyList<TranscriptStep> Steps)
{
    private const string Fence = "```";

    /// <exception cref="FormatException">A line has none of the forms.</exception>
    public static IReadOnlyList<Transcript> ReadAll(IReadOnlyList<string> page)
    {
        var transcripts = new List<Transcript>();
        for (var i = 0; i < page.Count; i++)
        {
            if (page[i] != Fence + "transcript")
                continue;
            var lines = page.Skip(i + 1).TakeWhile(line => line != Fence).ToList();
            transcripts.Add(new Transcript(i + 1, [.. Join(lines).Select(Parse)]));
        }

        return transcripts;
    }

    private static IEnumerable<string> Join(IEnumerable<string> lines)
    {
        string? current = null;
        foreach (var line in lines)
        {
            if (line.StartsWith(' '))
            {
                current += line;
                continue;
            }

            if (current is not null)
                yield return current;
            current = line;
        }

        if (current is not null)
            yield return current;
    }

    private static TranscriptStep Parse(string line) => StepPattern().Match(line) is { Success: true } match
        ? new TranscriptStep(match.Groups["who"].Value, match.Groups["kind"].Value, match.Groups["rest"].Value)
        : throw new FormatException($"'{line}' is no line of a transcript.");

    [GeneratedRegex("^(?<who>[a-z]+)(?<kind> connects| disconnects|[><!*]) ?(?<rest>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StepPattern();
}

internal sealed record TranscriptStep(string Who, string Kind, string Rest)
{
    /// <summary>The hub that a connection is made to.</summary>
    public string Hub => Rest.StartsWith("to ", StringComparison.Ordinal) ? Rest.Split(' ')[1] : "document";

    /// <summary>The query of a connection.</summary>
    public string Query => Rest.StartsWith("to ", StringComparison.Ordinal) ? Rest.Split(' ', 3)[2] : Rest;

    /// <summary>The method or callback that the line names.</summary>
    public string Name => Rest.Split(' ', 2)[0];

    /// <summary>The JSON after the name.</summary>
    public string Argument => Rest.Split(' ', 2)[1];
}
