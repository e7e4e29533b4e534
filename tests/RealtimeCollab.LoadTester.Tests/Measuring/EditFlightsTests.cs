using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.Testing;

namespace RealtimeCollab.LoadTester.Tests.Measuring;

public sealed class EditFlightsTests
{
    private readonly ManualTime _time = new();
    private readonly Measurements _measurements;
    private readonly EditFlights _flights;

    public EditFlightsTests()
    {
        _measurements = new Measurements(_time);
        _flights = new EditFlights(_measurements);
        for (var viewer = 0; viewer < 3; viewer++)
            _flights.ViewerCame();
    }

    [Fact]
    public void Latencies_OfComposedEdits_CountFromTheMomentEachWasDue()
    {
        var first = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(30));
        _flights.TakeOff("a.1", [first, _time.GetTimestamp()]);

        _time.Advance(TimeSpan.FromMilliseconds(10));
        _flights.Acknowledged("a.1");
        _time.Advance(TimeSpan.FromMilliseconds(5));
        _flights.Seen("a.1");

        Assert.Equal([10, 40], Ends(LatencyKind.Acknowledged));
        Assert.Equal([15, 45], Ends(LatencyKind.Seen));
        Assert.Equal((2, 2), (_measurements.Counts[CountName.Edits], _measurements.Counts[CountName.EditsSeen]));
    }

    [Fact]
    public void Acknowledged_Twice_CountsOnce()
    {
        _flights.TakeOff("a.1", [_time.GetTimestamp()]);

        _flights.Acknowledged("a.1");
        _flights.Acknowledged("a.1");
        _flights.FoundStored("a.1");

        Assert.Equal(1, _measurements.Counts[CountName.Edits]);
    }

    [Fact]
    public void Seen_AfterAllOthersHaveSeenIt_CountsNoMore()
    {
        _flights.TakeOff("a.1", [_time.GetTimestamp()]);
        _flights.Acknowledged("a.1");

        for (var viewer = 0; viewer < 3; viewer++)
            _flights.Seen("a.1");

        Assert.Equal(2, _measurements.Counts[CountName.EditsSeen]);
    }

    [Fact]
    public void Flight_IsOver_WhenItIsStoredAndAllOthersHaveSeenIt()
    {
        _flights.TakeOff("a.1", [_time.GetTimestamp()]);
        _flights.Seen("a.1");
        _flights.Acknowledged("a.1");
        Assert.False(_flights.AreOver);

        _flights.Seen("a.1");
        Assert.True(_flights.AreOver);
    }

    [Fact]
    public void Forgotten_IsOver_AndMeasuredNoMore()
    {
        _flights.TakeOff("a.1", [_time.GetTimestamp()]);

        _flights.Forget();
        _flights.Seen("a.1");

        Assert.True(_flights.AreOver);
        Assert.Empty(_measurements.Counts);
    }

    [Fact]
    public void FoundStored_CountsTheEdit_AndMeasuresNothing()
    {
        _flights.TakeOff("a.1", [_time.GetTimestamp()]);
        _time.Advance(TimeSpan.FromSeconds(9));

        _flights.FoundStored("a.1");

        Assert.Equal(1, _measurements.Counts[CountName.Edits]);
        Assert.DoesNotContain(LatencyKind.Acknowledged.Name, _measurements.Latencies.Keys);
    }

    private double[] Ends(LatencyKind kind)
    {
        var summary = _measurements.Latencies[kind.Name].Summarize();
        return [Math.Round(summary.P50), Math.Round(summary.Max)];
    }
}
