using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>Something that a user wants to change in a room.</summary>
public abstract record RoomCommand
{
    /// <summary>Whom the change mentions.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>The messages that have to be known to decide.</summary>
    internal abstract MessageLookup Needed(string userId);

    /// <summary>Decides, and stages the change if there is one to make. Returns the message as it is then.</summary>
    /// <exception cref="CollabException">The refusal.</exception>
    internal abstract StoredMessage Apply(StagedChanges staged, IRoomActor actor, RoomRole role);
}

/// <summary>A new message. Sent again, it is the one that is there.</summary>
/// <param name="ClientMessageId">Chosen by the client.</param>
/// <param name="Content">The text.</param>
/// <param name="MessageType"><c>text</c>, or what the application calls it.</param>
/// <param name="ReplyTo">The message that it answers.</param>
public sealed record PostMessage(string ClientMessageId, string Content, string MessageType, string? ReplyTo) : RoomCommand
{
    internal override MessageLookup Needed(string userId) =>
        new() { Sent = [new SentMessageKey(userId, ClientMessageId)], MessageIds = ReplyTo is null ? [] : [ReplyTo] };

    internal override StoredMessage Apply(StagedChanges staged, IRoomActor actor, RoomRole role)
    {
        if (staged.FindSent(new SentMessageKey(actor.UserId, ClientMessageId)) is { } there)
            return there;
        RoomRules.RequireWriter(role);
        if (ReplyTo is not null)
            staged.Get(ReplyTo);
        return staged.Post(new StoredMessage
        {
            Sequence = staged.Sequence + 1,
            Change = staged.Change + 1,
            MessageId = Guid.NewGuid().ToString("N"),
            ClientMessageId = ClientMessageId,
            SenderId = actor.UserId,
            SenderName = actor.UserName,
            Content = Content,
            MessageType = MessageType,
            Mentions = Mentions,
            ReplyTo = ReplyTo,
            Timestamp = staged.Now,
        });
    }
}

/// <summary>Another content for a message.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Content">The new text.</param>
public sealed record EditMessage(string MessageId, string Content) : RoomCommand
{
    internal override MessageLookup Needed(string userId) => new() { MessageIds = [MessageId] };

    internal override StoredMessage Apply(StagedChanges staged, IRoomActor actor, RoomRole role)
    {
        var message = staged.GetLiving(MessageId);
        RoomRules.RequireAuthorOrOwner(message, actor, role);
        return message.Content == Content && message.Mentions.SequenceEqual(Mentions, StringComparer.Ordinal)
            ? message
            : staged.Replace(ChangeKind.Edited, message, message with { Content = Content, Mentions = Mentions, EditedAt = staged.Now });
    }
}

/// <summary>The end of a message, of which its place stays.</summary>
/// <param name="MessageId">The message.</param>
public sealed record DeleteMessage(string MessageId) : RoomCommand
{
    internal override MessageLookup Needed(string userId) => new() { MessageIds = [MessageId] };

    internal override StoredMessage Apply(StagedChanges staged, IRoomActor actor, RoomRole role)
    {
        var message = staged.Get(MessageId);
        RoomRules.RequireAuthorOrOwner(message, actor, role);
        return message.DeletedAt is not null
            ? message
            : staged.Delete(message);
    }
}

/// <summary>A reaction that is given or taken back.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Emoji">The reaction.</param>
/// <param name="IsSet">Given.</param>
public sealed record SetReaction(string MessageId, string Emoji, bool IsSet) : RoomCommand
{
    internal override MessageLookup Needed(string userId) => new() { MessageIds = [MessageId] };

    internal override StoredMessage Apply(StagedChanges staged, IRoomActor actor, RoomRole role)
    {
        var message = staged.GetLiving(MessageId);
        RoomRules.RequireWriter(role);
        var reactions = IsSet ? Reactions.Add(message.Reactions, Emoji, actor.UserId) : Reactions.Remove(message.Reactions, Emoji, actor.UserId);
        return reactions is null ? message : staged.Replace(ChangeKind.Reactions, message, message with { Reactions = reactions });
    }
}
