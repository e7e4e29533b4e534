using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Webhooks;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>Requests are signed as the specification Standard Webhooks says, and repeated at times of their own.</summary>
public sealed class SignatureTests
{
    private static WebhookOptions Options => new() { FirstRetry = TimeSpan.FromSeconds(5), LongestRetry = TimeSpan.FromHours(6), MaxAttempts = 20 };

    [Fact]
    public void Sign_TheExampleOfTheSpecification_GivesItsSignature()
    {
        Assert.True(WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var secret));

        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            secret.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_no Base64 at all, but long enough for it")]
    [InlineData("whsec_dG9vIHNob3J0")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A=")]
    public void Parse_OfWhatIsNoSecret_Fails(string? text) => Assert.False(WebhookSecret.TryParse(text, out _));

    [Fact]
    public void Retries_ComeLaterEachTime_AndNeverLaterThanTheLongest()
    {
        var schedule = new RetrySchedule(Options, new Random(7));

        Assert.All(Enumerable.Range(1, 1000), _ =>
        {
            Assert.InRange(schedule.DelayAfter(1, asked: null).TotalSeconds, 2.5, 5);
            Assert.InRange(schedule.DelayAfter(4, asked: null).TotalSeconds, 20, 40);
            Assert.InRange(schedule.DelayAfter(int.MaxValue, asked: null).TotalHours, 3, 6);
        });
        Assert.NotEqual(schedule.DelayAfter(4, asked: null), schedule.DelayAfter(4, asked: null));
        Assert.Equal((false, true, true), (schedule.IsLast(19), schedule.IsLast(20), schedule.IsLast(21)));
    }

    [Fact]
    public void Retries_AreAsLateAsTheEndpointAsks_WithinReason()
    {
        var schedule = new RetrySchedule(Options, new Random(7));

        Assert.Equal(120, schedule.DelayAfter(1, TimeSpan.FromSeconds(120)).TotalSeconds);
        Assert.InRange(schedule.DelayAfter(1, TimeSpan.FromSeconds(-120)).TotalSeconds, 2.5, 5);
        Assert.Equal(TimeSpan.FromHours(6), schedule.DelayAfter(1, TimeSpan.MaxValue));
    }
}
