using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Presence;

/// <summary>Tells the server how this device is: the status that was set, and every few seconds whether somebody is there.</summary>
internal sealed class PresenceReporting(IPresenceHub hub, CollabClientOptions options) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private SetStatusRequest? _status;
    private Task _beating = Task.CompletedTask;
    private volatile bool _isActive = true;

    public bool IsActive
    {
        get => _isActive;
        set
        {
            if (_isActive == value)
                return;
            _isActive = value;
            _ = BeatAsync();
        }
    }

    public void Start() => _beating = BeatAlwaysAsync(_stopping.Token);

    /// <summary>Remembers a status for later connections unless it is refused.</summary>
    public async Task SetStatusAsync(SetStatusRequest status)
    {
        var before = Interlocked.Exchange(ref _status, status);
        try
        {
            await hub.SetStatus(status).ConfigureAwait(false);
        }
        catch (CollabClientException refusal) when (refusal.Code != CollabClientException.ConnectionLost)
        {
            Interlocked.CompareExchange(ref _status, before, status);
            throw;
        }
    }

    /// <summary>Says it again on a new connection.</summary>
    public async Task ResumeAsync()
    {
        await BeatAsync().ConfigureAwait(false);
        if (Volatile.Read(ref _status) is { } status)
            await SetStatusAsync(status).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task BeatAlwaysAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.HeartbeatInterval, options.TimeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
                await BeatAsync().WaitAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the client is being disposed
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            await hub.Heartbeat(new PresenceHeartbeatRequest { Active = _isActive }).ConfigureAwait(false);
        }
        catch (CollabClientException)
        {
            // whether the connection lives is for its own timeouts to say; the next beat, or the next connection, says it again
        }
    }
}
