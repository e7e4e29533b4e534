using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Workloads;

/// <summary>A large document of lines, and edits of one character at random places in it.</summary>
public sealed class LargeDocument
{
    /// <summary>How many places are drawn.</summary>
    public const int Places = 4096;

    private readonly double[] _places;

    /// <summary>Makes one.</summary>
    /// <param name="length">In UTF-16 code units.</param>
    public LargeDocument(int length)
    {
        const string Line = "All work and no play makes a tool that nobody wants to use twice, or once\n";
        Document = Document.FromText(string.Concat(Enumerable.Repeat(Line, (length / Line.Length) + 1))[..length]);
        var random = new Random(11);
        _places = [.. Enumerable.Range(0, Places).Select(_ => random.NextDouble())];
    }

    /// <summary>The document before any edit.</summary>
    public Document Document { get; }

    /// <summary>The k-th place, as a share of the document's length.</summary>
    public IReadOnlyList<double> Shares => _places;

    /// <summary>The k-th edit, of a document of any length.</summary>
    public TextOperation Edit(int k, int documentLength) =>
        TextOperation.Replace(documentLength, (int)(_places[k % Places] * documentLength), 0, "x");
}
