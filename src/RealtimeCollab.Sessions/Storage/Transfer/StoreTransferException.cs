namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>The stores cannot be made equal; the message names the document or room.</summary>
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

    internal static StoreTransferException OtherRoom(string roomId) =>
        new($"The target holds another room named '{roomId}', with messages of its own.");

    internal static StoreTransferException RoomInUse(string roomId) =>
        new($"Room '{roomId}' changed while it was copied: stop the servers of both stores.");

    internal static StoreTransferException RoomNotEqual(string roomId) =>
        new($"Room '{roomId}' differs between the stores after the copy.");

    internal static StoreTransferException NotificationsNotEqual() =>
        new("Notifications differ between the stores after the copy.");

    internal static StoreTransferException WebhooksNotEqual() =>
        new("What applications are still to be told differs between the stores after the copy.");

    internal static StoreTransferException NotEqual(string documentId) =>
        new($"Document '{documentId}' differs between the stores after the copy.");
}
