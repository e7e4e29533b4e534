using System.IO.Compression;
using System.Text.Json;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Workloads;

/// <summary>One edit of a trace.</summary>
/// <param name="Position">Where, in UTF-16 code units.</param>
/// <param name="Deleted">How many code units go.</param>
/// <param name="Inserted">What comes.</param>
public readonly record struct TraceEdit(int Position, int Deleted, string Inserted);

/// <summary>A real editing session: a LaTeX paper, typed one character at a time (tests/vectors).</summary>
public sealed class EditingTrace
{
    private EditingTrace(JsonElement root)
    {
        StartContent = root.GetProperty("startContent").GetString()!;
        EndContent = root.GetProperty("endContent").GetString()!;
        Edits = [.. root.GetProperty("edits").EnumerateArray().Select(static edit => new TraceEdit(edit[0].GetInt32(), edit[1].GetInt32(), edit[2].GetString()!))];
    }

    /// <summary>The text before the first edit.</summary>
    public string StartContent { get; }

    /// <summary>The text after the last edit.</summary>
    public string EndContent { get; }

    /// <summary>The edits in order.</summary>
    public IReadOnlyList<TraceEdit> Edits { get; }

    /// <summary>Reads automerge-paper from beside the program.</summary>
    public static EditingTrace AutomergePaper()
    {
        using var stream = new GZipStream(File.OpenRead(AutomergePaperPath), CompressionMode.Decompress);
        return Read(stream);
    }

    /// <summary>Where automerge-paper lies, compressed.</summary>
    public static string AutomergePaperPath => Path.Combine(AppContext.BaseDirectory, "vectors", "trace-automerge-paper.json.gz");

    /// <summary>Reads a trace.</summary>
    /// <param name="stream">JSON: startContent, endContent, edits.</param>
    public static EditingTrace Read(Stream stream)
    {
        using var json = JsonDocument.Parse(stream);
        return new EditingTrace(json.RootElement);
    }

    /// <summary>Makes and applies an operation for each edit, each giving a document.</summary>
    public Document ReplayDocuments()
    {
        var document = Document.FromText(StartContent);
        foreach (var edit in Edits)
            document = document.Apply(TextOperation.Replace(document.Length, edit.Position, edit.Deleted, edit.Inserted));

        return document;
    }

    /// <summary>Makes and applies an operation for each edit, with one writer and a document at the end.</summary>
    public Document ReplayBuilder()
    {
        var builder = Document.FromText(StartContent).ToBuilder();
        foreach (var edit in Edits)
            builder.Apply(TextOperation.Replace(builder.Length, edit.Position, edit.Deleted, edit.Inserted));

        return builder.ToDocument();
    }
}
