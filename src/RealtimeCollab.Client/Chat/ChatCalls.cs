using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>
/// Makes calls of the chat hub that get through: waits for a connection, and makes a call again whose outcome is unknown or that may
/// succeed later. Every call of this client may be made twice.
/// </summary>
internal sealed class ChatCalls(IChatHub hub, CollabClientOptions options)
{
    private readonly SubmissionPacer _pacer = new(options.TimeProvider);
    private volatile TaskCompletionSource _connected = NewSignal();

    public IChatHub Hub => hub;

    public void Connected(int messagesPerSecond)
    {
        _pacer.Restart(messagesPerSecond);
        _connected.TrySetResult();
    }

    public void Disconnected()
    {
        if (_connected.Task.IsCompleted)
            _connected = NewSignal();
    }

    /// <summary>Waits for its turn within the server's rate.</summary>
    public Task PaceAsync(CancellationToken cancellationToken) => PauseAsync(_pacer.Reserve(), cancellationToken);

    /// <exception cref="CollabClientException">The server's refusal.</exception>
    public async Task<T> RunAsync<T>(Func<IChatHub, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            await PauseAsync(options.Backoff.DelayBefore(attempt), cancellationToken).ConfigureAwait(false);
            await _connected.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await call(hub).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CollabClientException refusal) when (Refusals.RemedyFor(refusal.Code, attempt) == Remedy.Retry)
            {
                // the same again, later
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<IChatHub, Task> call, CancellationToken cancellationToken) => RunAsync<object?>(
        async chat =>
        {
            await call(chat).ConfigureAwait(false);
            return null;
        },
        cancellationToken);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        pause > TimeSpan.Zero ? Task.Delay(pause, options.TimeProvider, cancellationToken) : Task.CompletedTask;
}
