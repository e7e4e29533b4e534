using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Pacing;
using RealtimeCollab.Testing;

namespace RealtimeCollab.LoadTester.Tests.Pacing;

public sealed class OpenLoopScheduleTests
{
    private readonly ManualTime _time = new();
    private readonly Measurements _measurements;
    private readonly OpenLoopSchedule _schedule;

    public OpenLoopScheduleTests()
    {
        _measurements = new Measurements(_time);
        _schedule = new OpenLoopSchedule(_measurements);
    }

    [Fact]
    public void Irregular_KeepsTheRate_AndLiesWithinTheDuration()
    {
        var instants = OpenLoopSchedule.Irregular(perSecond: 50, TimeSpan.FromSeconds(100), new Random(1)).ToList();

        Assert.InRange(instants.Count, 4900, 5100);
        Assert.Equal(instants.Order(), instants);
        Assert.All(instants, instant => Assert.InRange(instant, TimeSpan.Zero, TimeSpan.FromSeconds(100)));
        Assert.True(instants.Zip(instants.Skip(1), (one, next) => next - one).Distinct().Count() > 1000);
    }

    [Fact]
    public void Irregular_WithTheSameSeed_IsTheSame()
    {
        static IEnumerable<TimeSpan> Draw(int seed) => OpenLoopSchedule.Irregular(5, TimeSpan.FromSeconds(10), new Random(seed));

        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));
    }

    [Fact]
    public void Even_SpreadsOverTheDuration() => Assert.Equal(
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)], OpenLoopSchedule.Even(4, TimeSpan.FromSeconds(4)));

    [Fact]
    public async Task Stall_OfASecond_DelaysEveryActionThatFellDueInIt()
    {
        var acted = 0;

        // the first action holds everything up for a second, in which nine others fall due
        await _schedule.RunAsync(
            OpenLoopSchedule.Even(10, TimeSpan.FromSeconds(1)),
            due =>
            {
                if (acted++ == 0)
                    _time.Advance(TimeSpan.FromSeconds(1));
                _measurements.Record(LatencyKind.Acknowledged, due);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        // 1000, 900, … 100 ms: a loop that waits would have had one slow action and nine of 0 ms
        var latency = _measurements.Latencies[LatencyKind.Acknowledged.Name].Summarize();
        Assert.Equal((10, 1000.0), (latency.Count, latency.Max));
        Assert.Equal(550, latency.Mean, precision: 3);
        Assert.InRange(latency.P50, 500, 500.5);
        Assert.Equal(900, _measurements.Latencies[LatencyKind.Lateness.Name].Summarize().Max);
    }

    [Fact]
    public async Task Action_BeginsWhenItsInstantHasCome()
    {
        var begun = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = _time.GetTimestamp();
        var run = _schedule.RunAsync(
            [TimeSpan.FromMilliseconds(100)],
            due =>
            {
                begun.SetResult(due);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(begun.Task.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(TimeSpan.FromMilliseconds(100), _time.GetElapsedTime(start, await begun.Task));
        await run;
    }

    [Fact]
    public async Task NextAction_DoesNotWaitForTheOneBefore_AndTheRunWaitsForAll()
    {
        var answers = new Queue<TaskCompletionSource>([new(), new(), new()]);
        var open = answers.ToArray();

        var run = _schedule.RunAsync([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero], _ => answers.Dequeue().Task, TestContext.Current.CancellationToken);

        Assert.Empty(answers);
        Assert.False(run.IsCompleted);
        foreach (var answer in open)
            answer.SetResult();
        await run;
    }

    [Fact]
    public async Task Cancellation_BeginsNoMore()
    {
        using var stop = new CancellationTokenSource();
        var acted = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _schedule.RunAsync(
            [TimeSpan.Zero, TimeSpan.Zero],
            _ =>
            {
                acted++;
                return stop.CancelAsync();
            },
            stop.Token));

        Assert.Equal(1, acted);
    }
}
