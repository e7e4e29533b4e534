using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>The reactions of a message, as values.</summary>
internal static class Reactions
{
    private const int MaxKinds = 50;
    private const int MaxPeople = 1000;

    /// <summary>Null if the user has given it already.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RateLimited"/>: the message has too many.</exception>
    public static IReadOnlyList<StoredReaction>? Add(IReadOnlyList<StoredReaction> reactions, string emoji, string userId)
    {
        var index = IndexOf(reactions, emoji);
        if (index < 0)
        {
            return reactions.Count < MaxKinds
                ? [.. reactions, new StoredReaction(emoji, [userId])]
                : throw CollabException.RateLimited($"A message has at most {MaxKinds} different reactions.");
        }

        var people = reactions[index].UserIds;
        if (people.Contains(userId, StringComparer.Ordinal))
            return null;
        if (people.Count >= MaxPeople)
            throw CollabException.RateLimited($"At most {MaxPeople} users give a message the same reaction.");
        return [.. reactions.Take(index), new StoredReaction(emoji, [.. people, userId]), .. reactions.Skip(index + 1)];
    }

    /// <summary>Null if the user has not given it.</summary>
    public static IReadOnlyList<StoredReaction>? Remove(IReadOnlyList<StoredReaction> reactions, string emoji, string userId)
    {
        var index = IndexOf(reactions, emoji);
        if (index < 0 || !reactions[index].UserIds.Contains(userId, StringComparer.Ordinal))
            return null;
        string[] left = [.. reactions[index].UserIds.Where(other => other != userId)];
        StoredReaction[] changed = left.Length == 0 ? [] : [new StoredReaction(emoji, left)];
        return [.. reactions.Take(index), .. changed, .. reactions.Skip(index + 1)];
    }

    private static int IndexOf(IReadOnlyList<StoredReaction> reactions, string emoji)
    {
        for (var index = 0; index < reactions.Count; index++)
        {
            if (reactions[index].Emoji == emoji)
                return index;
        }

        return -1;
    }
}
