using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Followers;

/// <summary>Writes events in the format of server-sent events: JSON never holds a line end, so that each is one line of data.</summary>
internal static class EventText
{
    /// <summary>Asks the client to come back this soon when the stream ends.</summary>
    public static EventBlock Retry(TimeSpan after) =>
        new(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)after.TotalMilliseconds}\n\n")));

    public static EventBlock Snapshot(DocumentSnapshot snapshot) => Single("snapshot", snapshot, snapshot.Revision);

    public static EventBlock UserJoined(ParticipantMessage message) => Single("user_joined", message);

    public static EventBlock UserLeft(ParticipantMessage message) => Single("user_left", message);

    public static EventBlock SessionInfo(SessionInfo message) => Single("session_info", message);

    public static EventBlock Operations(string documentId, IReadOnlyList<LogEntry> entries)
    {
        var bytes = new ArrayBufferWriter<byte>(512 * entries.Count);
        var ends = new int[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            Write(bytes, "remote_operation", ToMessage(documentId, entries[i]), entries[i].Revision);
            ends[i] = bytes.WrittenCount;
        }

        return new EventBlock(bytes.WrittenMemory, entries[0].Revision, ends);
    }

    private static RemoteOperation ToMessage(string documentId, LogEntry entry) => new()
    {
        DocumentId = documentId,
        Revision = entry.Revision,
        ClientId = entry.ClientId,
        UserId = entry.UserId,
        OperationId = entry.OperationId,
        Operation = entry.Operation,
        Timestamp = entry.Timestamp,
    };

    private static EventBlock Single<T>(string name, T data, long? id = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Write(bytes, name, data, id);
        return new EventBlock(bytes.WrittenMemory);
    }

    private static void Write<T>(ArrayBufferWriter<byte> bytes, string name, T data, long? id)
    {
        if (id is { } revision)
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {revision}\n"), bytes);
        Encoding.UTF8.GetBytes($"event: {name}\ndata: ", bytes);
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = ProtocolJson.Options.Encoder }))
            JsonSerializer.Serialize(writer, data, ProtocolJson.Options);
        bytes.Write("\n\n"u8);
    }
}
