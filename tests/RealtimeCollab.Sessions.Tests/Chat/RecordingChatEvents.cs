using System.Collections.Concurrent;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>Keeps what the members of a room would have heard.</summary>
internal sealed class RecordingChatEvents : IChatEvents
{
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly SemaphoreSlim _signal = new(0);

    /// <summary>Each message as a line, in order.</summary>
    public IReadOnlyList<string> Heard => [.. _heard];

    public ValueTask MessagesChangedAsync(string roomId, IReadOnlyList<MessageChange> changes, CancellationToken cancellationToken)
    {
        foreach (var (kind, message) in changes)
            Hear($"{message.Change} {kind} {message.Sequence}:{message.ClientMessageId}");
        return ValueTask.CompletedTask;
    }

    public ValueTask MentionedAsync(string roomId, StoredNotification notification, StoredMessage message, CancellationToken cancellationToken)
    {
        Hear($"mentioned {notification.Notification.UserId} by {message.ClientMessageId}");
        return ValueTask.CompletedTask;
    }

    public ValueTask TypingChangedAsync(string roomId, string userId, string userName, bool isTyping, CancellationToken cancellationToken)
    {
        Hear($"{userId} {(isTyping ? "types" : "stopped")}");
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until this many messages were heard in all.</summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(int count)
    {
        while (_heard.Count < count)
            Assert.True(await _signal.WaitAsync(TimeSpan.FromSeconds(30)), $"Only {string.Join(", ", _heard)} came; {count} are expected.");
        return Heard;
    }

    private void Hear(string message)
    {
        _heard.Enqueue(message);
        _signal.Release();
    }
}
