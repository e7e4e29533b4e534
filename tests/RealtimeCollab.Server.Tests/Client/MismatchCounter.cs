using System.Diagnostics.Metrics;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>Adds up what the client's meter counts while it lives.</summary>
internal sealed class MismatchCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public MismatchCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "RealtimeCollab.Client", Name: "realtimecollab.client.checksum_mismatches" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref _count, measurement));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
