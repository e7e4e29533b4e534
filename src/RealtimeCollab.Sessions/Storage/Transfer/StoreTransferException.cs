namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>The stores cannot be made equal; the message names the document.</summary>
public sealed class StoreTransferException : Exception
{
    private StoreTransferException(string message)
        : base(message)
    {
    }

    internal static StoreTransferException OtherHistory(string documentId) =>
        new($"The target holds another document named '{documentId}', with a history of its own.");

    internal static StoreTransferException InUse(string documentId) =>
        new($"Document '{documentId}' changed while it was copied: stop the servers of both stores.");

    internal static StoreTransferException NotEqual(string documentId) =>
        new($"Document '{documentId}' differs between the stores after the copy.");
}
