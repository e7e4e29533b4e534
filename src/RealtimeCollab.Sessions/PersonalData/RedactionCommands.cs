using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.PersonalData;

/// <summary>The end of messages, by the server.</summary>
/// <param name="MessageIds">At least one.</param>
internal sealed record RemoveMessages(IReadOnlyList<string> MessageIds) : RoomCommand
{
    internal override MessageLookup Needed(string userId) => new() { MessageIds = [.. MessageIds] };

    internal override StoredMessage Apply(StagedChanges staged, IRoomActor actor, RoomRole role)
    {
        StoredMessage message = null!;
        foreach (var messageId in MessageIds)
        {
            message = staged.Get(messageId);
            if (message.DeletedAt is null)
                message = staged.Delete(message);
        }

        return message;
    }
}

/// <summary>A user's traces in messages: those they wrote end, mentions and reactions go.</summary>
/// <param name="UserId">Who is to be forgotten.</param>
/// <param name="MessageIds">At least one.</param>
internal sealed record ForgetUser(string UserId, IReadOnlyList<string> MessageIds) : RoomCommand
{
    /// <summary>Whether there is something of a user in a message.</summary>
    public static bool IsIn(StoredMessage message, string userId) =>
        (message.SenderId == userId && message.DeletedAt is null)
        || message.Mentions.Contains(userId, StringComparer.Ordinal)
        || message.Reactions.Any(reaction => reaction.UserIds.Contains(userId, StringComparer.Ordinal));

    internal override MessageLookup Needed(string userId) => new() { MessageIds = [.. MessageIds] };

    internal override StoredMessage Apply(StagedChanges staged, IRoomActor actor, RoomRole role)
    {
        StoredMessage message = null!;
        foreach (var messageId in MessageIds)
        {
            message = staged.Get(messageId);
            if (!IsIn(message, UserId))
                continue;
            message = message.SenderId == UserId ? staged.Delete(message) : staged.Replace(ChangeKind.Edited, message, Without(message));
        }

        return message;
    }

    private StoredMessage Without(StoredMessage message) => message with
    {
        Mentions = [.. message.Mentions.Where(mentioned => mentioned != UserId)],
        Reactions = [.. message.Reactions.Select(Without).Where(reaction => reaction.UserIds.Count > 0)],
    };

    private StoredReaction Without(StoredReaction reaction) => reaction with { UserIds = [.. reaction.UserIds.Where(userId => userId != UserId)] };
}
