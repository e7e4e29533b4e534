using RealtimeCollab.Client.Connection;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Client.Tests.Connection;

public sealed class SubmissionPacerTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Submissions_OverAMinute_StayWithinTheRate()
    {
        var pacer = new SubmissionPacer(_time);
        pacer.Restart(operationsPerSecond: 200);

        var submissions = 0;
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(1); submissions++)
        {
            var wait = pacer.Reserve();
            _time.Advance(wait);
            passed += wait;
        }

        Assert.InRange(submissions, 60 * 180, 61 * 200);
    }

    [Fact]
    public void NoLimit_NeverWaits()
    {
        var pacer = new SubmissionPacer(_time);
        pacer.Restart(operationsPerSecond: 0);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.Equal(TimeSpan.Zero, pacer.Reserve()));
    }
}
