using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Storage.Chat;
using WireRoomKind = RealtimeCollab.Protocol.Chat.RoomKind;

namespace RealtimeCollab.Server.Chat;

/// <summary>From what rooms and stores know to what clients hear, and back.</summary>
internal static class ChatMapping
{
    public static ChatMessage ToMessage(this StoredMessage message, string roomId) => new()
    {
        MessageId = message.MessageId,
        ClientMessageId = message.ClientMessageId,
        RoomId = roomId,
        Sequence = message.Sequence,
        Change = message.Change,
        SenderId = message.SenderId,
        SenderName = message.SenderName,
        Content = message.Content,
        MessageType = message.MessageType,
        Mentions = message.Mentions,
        ReplyTo = message.ReplyTo,
        Reactions = message.Reactions.ToReactions(),
        Timestamp = message.Timestamp,
        EditedAt = message.EditedAt,
        DeletedAt = message.DeletedAt,
    };

    public static IReadOnlyList<ChatMessage> ToMessages(this IReadOnlyList<StoredMessage> messages, string roomId) =>
        [.. messages.Select(message => message.ToMessage(roomId))];

    public static IReadOnlyList<Reaction> ToReactions(this IReadOnlyList<StoredReaction> reactions) =>
        reactions.Count == 0 ? [] : [.. reactions.Select(reaction => new Reaction { Emoji = reaction.Emoji, UserIds = reaction.UserIds })];

    public static MessageChangeResult ToChangeResult(this StoredMessage message) =>
        new() { MessageId = message.MessageId, Sequence = message.Sequence, Change = message.Change };

    public static ChatMember ToMember(this RoomMembership member, bool hasRoles) => new()
    {
        UserId = member.UserId,
        UserName = member.UserName,
        LastReadSequence = member.LastRead,
        Role = hasRoles ? member.Role.ToDocumentRole() : null,
    };

    public static WireRoomKind ToWire(this Sessions.Storage.Chat.RoomKind kind) => kind switch
    {
        Sessions.Storage.Chat.RoomKind.Document => WireRoomKind.Document,
        Sessions.Storage.Chat.RoomKind.Free => WireRoomKind.Free,
        _ => WireRoomKind.Direct,
    };

    public static RoomRole ToRoomRole(this DocumentRole role) => role switch
    {
        DocumentRole.None => RoomRole.None,
        DocumentRole.Viewer => RoomRole.Viewer,
        DocumentRole.Owner => RoomRole.Owner,
        _ => RoomRole.Commenter,
    };

    public static DocumentRole ToDocumentRole(this RoomRole role) => role switch
    {
        RoomRole.None => DocumentRole.None,
        RoomRole.Viewer => DocumentRole.Viewer,
        RoomRole.Commenter => DocumentRole.Commenter,
        _ => DocumentRole.Owner,
    };
}
