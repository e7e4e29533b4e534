using RealtimeCollab.LoadTester.Commands;

namespace RealtimeCollab.LoadTester.Tests.Commands;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("1.5s", 1.5)]
    [InlineData("500ms", 0.5)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    public void Parse_OfWhatPeopleWrite_IsThatLong(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("five")]
    [InlineData("1d")]
    [InlineData("NaN")]
    [InlineData("1000h")]
    public void Parse_OfAnythingElse_IsNone(string text) => Assert.Null(Durations.Parse(text));
}
