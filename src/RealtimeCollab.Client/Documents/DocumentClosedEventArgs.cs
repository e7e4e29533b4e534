using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client;

/// <summary>The document is closed and will not open again by itself.</summary>
/// <param name="reason">Why.</param>
/// <param name="operations">Edits that were not saved.</param>
public sealed class DocumentClosedEventArgs(string reason, IReadOnlyList<TextOperation> operations) : EventArgs
{
    /// <summary><c>closed</c> by the application, or why the server closed it: a word, or the code of an error.</summary>
    public string Reason { get; } = reason;

    /// <summary>Edits that were not saved, each for the content after the one before it; empty if all were.</summary>
    public IReadOnlyList<TextOperation> Operations { get; } = operations;
}
