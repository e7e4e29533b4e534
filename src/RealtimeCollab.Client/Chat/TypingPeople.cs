using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>Who types in a room. Whoever is not told of again in time has stopped, in case that was lost. Guarded by the room's lock.</summary>
internal sealed class TypingPeople(TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);

    private readonly Dictionary<string, (string UserName, long Since)> _people = new(StringComparer.Ordinal);

    /// <summary>The names of those who type, without one's own.</summary>
    public IReadOnlyList<string> Names(string? ownUserId) =>
    [
        .. _people.Where(person => person.Key != ownUserId && time.GetElapsedTime(person.Value.Since) < Lasts)
            .OrderBy(person => person.Value.Since).Select(person => person.Value.UserName),
    ];

    public void Take(TypingChanged message)
    {
        if (message.IsTyping)
            _people[message.UserId] = (message.UserName, time.GetTimestamp());
        else
            _people.Remove(message.UserId);
    }

    public void Clear() => _people.Clear();
}
