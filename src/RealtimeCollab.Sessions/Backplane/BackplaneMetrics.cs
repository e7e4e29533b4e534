using System.Diagnostics.Metrics;

namespace RealtimeCollab.Sessions.Backplane;

/// <summary>Counts what goes between nodes.</summary>
public sealed class BackplaneMetrics
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _received;
    private readonly Counter<long> _lost;

    internal BackplaneMetrics(Meter meter)
    {
        _published = meter.CreateCounter<long>("realtimecollab.backplane.published", "{message}", "Messages given to the backplane.");
        _received = meter.CreateCounter<long>("realtimecollab.backplane.received", "{message}", "Messages of other nodes.");
        _lost = meter.CreateCounter<long>("realtimecollab.backplane.lost", "{message}", "Messages that the backplane did not take, as it was away or behind.");
    }

    /// <summary>A message was given to the backplane.</summary>
    public void CountPublished() => _published.Add(1);

    /// <summary>A message of another node came.</summary>
    public void CountReceived() => _received.Add(1);

    /// <summary>A message was not taken.</summary>
    public void CountLost() => _lost.Add(1);
}
