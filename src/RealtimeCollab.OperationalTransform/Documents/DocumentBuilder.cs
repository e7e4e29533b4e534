using RealtimeCollab.OperationalTransform.Rope;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// A writer of one document, for many operations in a row: it changes in place what no <see cref="Document"/> has seen yet. Taking a snapshot is O(1),
/// and the snapshot is a document like any other. One thread at a time.
/// </summary>
public sealed class DocumentBuilder
{
    private RopeNode _root;
    private object _owner = new();
    private Document? _snapshot;

    internal DocumentBuilder(Document start)
    {
        _root = start.Root;
        _snapshot = start;
    }

    /// <summary>The length so far, in UTF-16 code units.</summary>
    public int Length => _root.Length;

    /// <summary>See <see cref="Document.FormatWeight"/>.</summary>
    public long FormatWeight => _root.Weight;

    /// <summary>Applies an operation; if it is refused, nothing changes.</summary>
    /// <param name="operation">An operation for a document of this length.</param>
    /// <exception cref="OperationException">It is made for another length, or has a boundary inside a surrogate pair.</exception>
    public void Apply(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _root = RopeApply.Apply(_owner, _root, operation);
        _snapshot = null;
    }

    /// <summary>The document so far. The builder can go on; from here it copies again what this document sees.</summary>
    public Document ToDocument()
    {
        if (_snapshot is null)
        {
            _snapshot = new Document(_root);
            _owner = new object();
        }

        return _snapshot;
    }
}
