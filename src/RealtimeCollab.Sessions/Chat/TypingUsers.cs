namespace RealtimeCollab.Sessions.Chat;

/// <summary>
/// Who is typing in a room. Never stored; a user who does not say so again within <see cref="ChatOptions.TypingTimeout"/> has
/// stopped. A user with several devices types while any of them does.
/// </summary>
internal sealed class TypingUsers(ChatOptions options, TimeProvider time, Action<string, string, bool> tell)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Keyboard> _keyboards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _toldAt = new(StringComparer.Ordinal);

    public void Set(string connectionId, string userId, string userName, bool isTyping)
    {
        if (!isTyping)
        {
            Stop(connectionId);
            return;
        }

        lock (_lock)
        {
            if (!_keyboards.TryGetValue(connectionId, out var keyboard))
                _keyboards.Add(connectionId, keyboard = new Keyboard(userId, userName, time.CreateTimer(_ => Stop(connectionId), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)));
            keyboard.Timeout.Change(options.TypingTimeout, Timeout.InfiniteTimeSpan);
            if (_toldAt.TryGetValue(userId, out var told) && time.GetElapsedTime(told) < options.TypingInterval)
                return;
            _toldAt[userId] = time.GetTimestamp();
        }

        tell(userId, userName, true);
    }

    /// <summary>Also for a connection that has gone.</summary>
    public void Stop(string connectionId)
    {
        Keyboard? keyboard;
        lock (_lock)
        {
            if (!_keyboards.Remove(connectionId, out keyboard))
                return;
            keyboard.Timeout.Dispose();
            if (_keyboards.Values.Any(other => other.UserId == keyboard.UserId))
                return;
            _toldAt.Remove(keyboard.UserId);
        }

        tell(keyboard.UserId, keyboard.UserName, false);
    }

    public void Close()
    {
        lock (_lock)
        {
            foreach (var keyboard in _keyboards.Values)
                keyboard.Timeout.Dispose();
            _keyboards.Clear();
        }
    }

    private sealed record Keyboard(string UserId, string UserName, ITimer Timeout);
}
