using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>Where a change of the content came from.</summary>
public enum ChangeOrigin
{
    /// <summary>From this client: an edit.</summary>
    Local,

    /// <summary>From this client: its user took a step back.</summary>
    Undo,

    /// <summary>From this client: its user did again what was taken back.</summary>
    Redo,

    /// <summary>From another client.</summary>
    Remote,

    /// <summary>The content was taken anew from the server, and its history did not lead here step by step.</summary>
    Reload,
}

/// <summary>One change of a document's content, in the order in which they happened.</summary>
/// <param name="origin">Who made it.</param>
/// <param name="operation">What it did to the content.</param>
/// <param name="content">The content afterwards.</param>
/// <param name="entry">The committed operation that it came from, if <paramref name="origin"/> is <see cref="ChangeOrigin.Remote"/>.</param>
/// <param name="source">What was given to <see cref="CollabDocument.Apply"/> with the edit.</param>
public sealed class DocumentChangedEventArgs(
    ChangeOrigin origin, TextOperation operation, Document content, CommittedOperation? entry = null, object? source = null) : EventArgs
{
    /// <summary>Who made the change.</summary>
    public ChangeOrigin Origin { get; } = origin;

    /// <summary>What it did to the content that <see cref="CollabDocument.Content"/> showed before.</summary>
    public TextOperation Operation { get; } = operation;

    /// <summary>The content afterwards; <see cref="CollabDocument.Content"/> may be further already.</summary>
    public Document Content { get; } = content;

    /// <summary>The committed operation, with its author and revision; null unless another client made the change.</summary>
    public CommittedOperation? Entry { get; } = entry;

    /// <summary>What was given to <see cref="CollabDocument.Apply"/>, so that an editor recognises its own edits; else null.</summary>
    public object? Source { get; } = source;
}
