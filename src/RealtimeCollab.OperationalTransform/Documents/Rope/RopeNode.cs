namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>
/// A node of the tree that holds a document: a B-tree of leaves of text, all at one depth. A node that a document can see never changes; a node whose
/// owner is a writer's own token has been seen by nobody else, and that writer may change it in place.
/// </summary>
internal abstract class RopeNode
{
    /// <summary>The token of the writer who may change this node; null if nobody may.</summary>
    public object? Owner;

    /// <summary>UTF-16 code units below this node.</summary>
    public int Length;

    /// <summary>Line feeds below this node.</summary>
    public int LineFeeds;

    /// <summary>See <see cref="Document.FormatWeight"/>.</summary>
    public abstract long Weight { get; }

    /// <summary>0 for a leaf.</summary>
    public int Height;

    public bool IsOwnedBy(object? owner) => owner is not null && ReferenceEquals(Owner, owner);
}
