using System.Security.Cryptography;
using System.Text.Json;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests;

/// <summary>Rooms and messages to store.</summary>
internal static class ChatSamples
{
    public static NewRoom NewRoom(RoomKind kind = RoomKind.Free, string? name = "Tea ☕", params RoomMembership[] members) => new(
        $"~{RandomNumberGenerator.GetHexString(16, lowercase: true)}", RandomNumberGenerator.GetHexString(16), kind, name, "ada", Noon, members);

    public static NewRoom RoomOf(DocumentHead document) =>
        new(document.DocumentId, document.Incarnation, RoomKind.Document, Name: null, document.CreatedBy, Noon, Members: []);

    public static StoredMessage Message(long sequence, long? change = null, string sender = "ada", string? clientMessageId = null, string content = "Hello") => new()
    {
        Sequence = sequence,
        Change = change ?? sequence,
        MessageId = $"message-{sequence}",
        ClientMessageId = clientMessageId ?? $"client-{sequence}",
        SenderId = sender,
        SenderName = sender.ToUpperInvariant(),
        Content = content,
        MessageType = "text",
        Timestamp = Noon.AddMilliseconds(sequence),
    };

    /// <summary>The next messages of a room.</summary>
    public static MessageBatch Batch(RoomHead room, params StoredMessage[] messages) => Batch(room, [], messages);

    public static MessageBatch Batch(RoomHead room, IReadOnlyList<NewNotification> mentions, params StoredMessage[] messages) => new(
        room.Key, room.Change, Math.Max(room.Sequence, messages[^1].Sequence), messages.Max(message => message.Change), messages, mentions);

    public static NewNotification Mention(RoomHead room, long sequence, string userId) =>
        new(userId, NewNotification.MentionType, Text: null, room.Key, sequence, Noon);

    public static async Task<RoomHead> OpenRoomAsync(this TestStore store, NewRoom? room = null) =>
        await store.Messages.OpenRoomAsync(room ?? NewRoom(), Cancellation);

    /// <summary>A room with that many messages.</summary>
    public static async Task<RoomHead> OpenRoomWithAsync(this TestStore store, int messages)
    {
        var room = await store.OpenRoomAsync();
        await store.WriteAsync(Batch(room, [.. Enumerable.Range(1, messages).Select(sequence => Message(sequence))]));
        return await store.RoomAsync(room.RoomId);
    }

    public static async Task WriteAsync(this TestStore store, MessageBatch batch) =>
        Assert.Equal(AppendOutcome.Appended, await store.Messages.AppendAsync(batch, Cancellation));

    public static async Task<RoomHead> RoomAsync(this TestStore store, string roomId) =>
        Assert.Single(await store.Messages.FindRoomsAsync([roomId], Cancellation));

    public static async Task<IReadOnlyList<StoredMessage>> ReadAsync(this TestStore store, RoomHead room, MessageRange range, int limit = 100) =>
        await store.Messages.ReadAsync(room.Key, range, limit, Cancellation);

    public static async Task<string> SequencesAsync(this TestStore store, RoomHead room, MessageRange range, int limit = 100) =>
        string.Join(' ', (await store.ReadAsync(room, range, limit)).Select(message => message.Sequence));

    /// <summary>Records with lists in them are equal by what they hold.</summary>
    public static void AssertEqual<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
