using System.Diagnostics.Metrics;
using RealtimeCollab.Sessions.Telemetry;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Telemetry;

public sealed class CollabMetricsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Measurements_OfAnOperation_AllocateNothing(bool isHeard)
    {
        using var metrics = new CollabMetrics();
        var heard = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (isHeard && ReferenceEquals(instrument.Meter, metrics.Meter))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => heard += value);
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => heard += value);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard++);
        listener.Start();

        var allocated = Allocations.PerStep(
            _ =>
            {
                metrics.Staged(3);
                metrics.Appended(2);
                metrics.Posted();
                metrics.Sent();
                metrics.Answered(SubmissionOutcome.Committed);
                metrics.Committed(TimeSpan.FromMilliseconds(1));
            },
            warmUp: 1_000,
            steps: 11_000);

        Assert.InRange(allocated, 0, 0.1);
        Assert.Equal(isHeard ? 11_000 * 7 : 0, heard);
        Assert.Equal(isHeard, metrics.IsTiming);
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", false)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false)]
    [InlineData("00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Traceparent_IsHandedOnIfItIsOneAndSampled(string? traceparent, bool isHandedOn) =>
        Assert.Equal(isHandedOn ? traceparent : null, CollabTelemetry.Accept(traceparent));
}
