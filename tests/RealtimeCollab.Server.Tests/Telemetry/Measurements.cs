using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Tests.Telemetry;

/// <summary>What one server measures, as a collector hears it.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string? Tag)> _taken = new();

    public Measurements(TestApp app)
    {
        var meter = app.Services.GetRequiredService<CollabMetrics>().Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All values that came so far, in their order.</summary>
    public IReadOnlyList<double> Of(string instrument, string? tag = null) =>
        [.. _taken.Where(taken => taken.Instrument == instrument && (tag is null || taken.Tag == tag)).Select(taken => taken.Value)];

    /// <summary>The present value of a gauge.</summary>
    public double Now(string instrument, string? tag = null)
    {
        _listener.RecordObservableInstruments();
        return Of(instrument, tag)[^1];
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _taken.Enqueue((instrument.Name, value, tags.Length == 0 ? null : tags[0].Value as string));
}
