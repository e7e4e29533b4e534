using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// Pings receivers, each at a moment of its own. SignalR pings all that are due in one go, once a second: with thousands of connections that is a
/// burst of writes which everybody's edits wait behind.
/// </summary>
internal sealed class Pings : IDisposable
{
    /// <summary>Multiples of it, without their whole parts, spread evenly however many there are.</summary>
    private const double GoldenRatio = 1.618033988749895;

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
        _steps = time.CreateTimer(_ => Step(), state: null, limits.PingStep, limits.PingStep);
    }

    /// <summary>Chooses when a new receiver is pinged first, within an interval; those who came together are not pinged together.</summary>
    public void Schedule(Receiver receiver) =>
        receiver.PingAt = receiver.HasInherentKeepAlive
            ? long.MaxValue
            : _time.GetTimestamp() + (long)(Interlocked.Increment(ref _scheduled) * GoldenRatio % 1 * _interval);

    public void Dispose() => _steps.Dispose();

    private void Step()
    {
        // a node that is behind does not need two at it
        if (Interlocked.Exchange(ref _isStepping, true))
            return;
        try
        {
            PingAll(_time.GetTimestamp());
        }
        finally
        {
            Volatile.Write(ref _isStepping, false);
        }
    }

    private void PingAll(long now)
    {
        foreach (var (_, receiver) in _receivers)
        {
            if (receiver.PingAt > now)
                continue;
            receiver.PingAt = now + _interval;
            // with something on its way it will know without
            if (receiver.WaitingBytes == 0)
                receiver.Send(Ping);
        }
    }
}
