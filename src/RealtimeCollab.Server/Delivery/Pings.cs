using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// Pings receivers, each at a moment of its own. SignalR pings all that are due in one go, once a second: with thousands of connections that is a
/// burst of writes which everybody's edits wait behind, and a rented array for each of them at once.
/// </summary>
internal sealed class Pings : IDisposable
{
    /// <summary>Multiples of it, without their whole parts, spread evenly however many there are.</summary>
    private const double GoldenRatio = 1.618033988749895;

    /// <summary>After so many pings those go on who wait: their writes, too, so that few arrays are rented at a time.</summary>
    private const int PingsAtOnce = 16;

    private static readonly SerializedHubMessage Ping = new(PingMessage.Instance);

    private readonly ConcurrentDictionary<string, Receiver> _receivers;
    private readonly TimeProvider _time;
    private readonly long _interval;
    private readonly ITimer _steps;
    private long _scheduled;
    private bool _isStepping;

    public Pings(ConcurrentDictionary<string, Receiver> receivers, DeliveryLimits limits, TimeProvider time)
    {
        (_receivers, _time) = (receivers, time);
        _interval = (long)(limits.PingInterval.TotalSeconds * time.TimestampFrequency);
        _steps = time.CreateTimer(_ => _ = StepAsync(), state: null, limits.PingStep, limits.PingStep);
    }

    /// <summary>Chooses when a new receiver is pinged first, within an interval; those who came together are not pinged together.</summary>
    public void Schedule(Receiver receiver) =>
        receiver.PingAt = receiver.HasInherentKeepAlive
            ? long.MaxValue
            : _time.GetTimestamp() + (long)(Interlocked.Increment(ref _scheduled) * GoldenRatio % 1 * _interval);

    public void Dispose() => _steps.Dispose();

    private async Task StepAsync()
    {
        // a node that is behind does not need two at it
        if (Interlocked.Exchange(ref _isStepping, true))
            return;
        try
        {
            await PingAllAsync(_time.GetTimestamp());
        }
        finally
        {
            Volatile.Write(ref _isStepping, false);
        }
    }

    private async Task PingAllAsync(long now)
    {
        var pings = 0;
        foreach (var (_, receiver) in _receivers)
        {
            if (receiver.PingAt > now)
                continue;
            receiver.PingAt = now + _interval;
            receiver.Ping(Ping);
            if (++pings % PingsAtOnce == 0)
                await Task.Yield();
        }
    }
}
