using System.IO.Compression;
using System.Text.Json;

namespace RealtimeCollab.LoadTester.Traces;

/// <summary>One edit of a trace: at a position, some UTF-16 code units go and a text comes.</summary>
public readonly record struct TraceEdit(int Position, int Deleted, string Inserted);

/// <summary>Everything that was typed into a document, from a file of <c>{startContent, endContent, edits: [[position, deleted, inserted]]}</c>.</summary>
public sealed record EditTrace(string StartContent, string EndContent, IReadOnlyList<TraceEdit> Edits)
{
    /// <summary>Reads a trace, gzipped if the name ends so.</summary>
    public static async Task<EditTrace> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using Stream json = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var trace = await JsonDocument.ParseAsync(json, cancellationToken: cancellationToken);
        var root = trace.RootElement;
        return new EditTrace(
            root.GetProperty("startContent").GetString()!,
            root.GetProperty("endContent").GetString()!,
            [.. root.GetProperty("edits").EnumerateArray().Select(edit => new TraceEdit(edit[0].GetInt32(), edit[1].GetInt32(), edit[2].GetString()!))]);
    }

    /// <summary>The first edits of it, with the content that they lead to.</summary>
    public EditTrace Take(int edits)
    {
        if (edits >= Edits.Count)
            return this;

        var content = new System.Text.StringBuilder(StartContent);
        foreach (var edit in Edits.Take(edits))
            content.Remove(edit.Position, edit.Deleted).Insert(edit.Position, edit.Inserted);

        return new EditTrace(StartContent, content.ToString(), [.. Edits.Take(edits)]);
    }
}
