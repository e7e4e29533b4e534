using RealtimeCollab.LoadTester.Pacing;
using RealtimeCollab.Testing;

namespace RealtimeCollab.LoadTester.Tests.Pacing;

public sealed class StormsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Storms_ComeAtTheirTimes_UntilTheDurationIsOver()
    {
        var start = _time.GetTimestamp();
        List<double> beginnings = [];

        // each takes longer than there is until the next, which then begins at once
        await Storms.RunAsync(
            _time,
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(2),
            storm =>
            {
                beginnings.Add(_time.GetElapsedTime(start, storm).TotalSeconds);
                _time.Advance(TimeSpan.FromSeconds(3));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal([0, 3, 6, 9], beginnings);
    }

    [Fact]
    public async Task Storm_WhoseSuccessorWouldComeTooLate_IsTheLast()
    {
        var storms = 0;

        await Storms.RunAsync(_time, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), _ => Task.FromResult(storms++), TestContext.Current.CancellationToken);

        Assert.Equal(1, storms);
    }
}
