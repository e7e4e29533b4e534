using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>Where a change of the content came from.</summary>
public enum ChangeOrigin
{
    /// <summary>From this client.</summary>
    Local,

    /// <summary>From another client.</summary>
    Remote,

    /// <summary>The content was taken anew from the server, and its history did not lead here step by step.</summary>
    Reset,
}

/// <summary>One change of a document's content, in the order in which they happened.</summary>
/// <param name="origin">Who made it.</param>
/// <param name="operation">What it did to the content.</param>
/// <param name="content">The content afterwards.</param>
/// <param name="entry">The committed operation that it came from, if <paramref name="origin"/> is <see cref="ChangeOrigin.Remote"/>.</param>
public sealed class DocumentChangedEventArgs(ChangeOrigin origin, TextOperation operation, Document content, CommittedOperation? entry) : EventArgs
{
    /// <summary>Who made the change.</summary>
    public ChangeOrigin Origin { get; } = origin;

    /// <summary>What it did to the content that <see cref="CollabDocument.Content"/> showed before.</summary>
    public TextOperation Operation { get; } = operation;

    /// <summary>The content afterwards; <see cref="CollabDocument.Content"/> may be further already.</summary>
    public Document Content { get; } = content;

    /// <summary>The committed operation, with its author and revision; null unless another client made the change.</summary>
    public CommittedOperation? Entry { get; } = entry;
}
