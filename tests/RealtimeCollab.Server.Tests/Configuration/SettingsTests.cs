using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Backplane;

namespace RealtimeCollab.Server.Tests.Configuration;

public sealed class SettingsTests
{
    private const string Key = "a-key-for-tests-of-more-than-thirty-two-bytes";

    [Theory]
    [InlineData("RealtimeCollab:Auth:SigningKey", "short")]
    [InlineData("RealtimeCollab:Auth:SigninKey", Key)]
    [InlineData("RealtimeCollab:Auth:EventsKey", "short")]
    [InlineData("RealtimeCollab:Auth:DevelopmentKeyFile", " ")]
    [InlineData("RealtimeCollab:Auth:Authority", "login.example")]
    [InlineData("RealtimeCollab:Auth:Authority", "http://login.example")]
    [InlineData("RealtimeCollab:Access:DefaultRole", "king")]
    [InlineData("RealtimeCollab:Access:DefaultRole", "99")]
    [InlineData("RealtimeCollab:Limits:OperationsPerSecond", "-1")]
    [InlineData("RealtimeCollab:Limits:OperationsPerSecond", "many")]
    [InlineData("RealtimeCollab:Limits:MaxDocumentLength", "0")]
    [InlineData("RealtimeCollab:Limits:MaxFrameBytes", "1000")]
    [InlineData("RealtimeCollab:Limits:HistoryHorizon", "0")]
    [InlineData("RealtimeCollab:Limits:OpsPerSecond", "5")]
    [InlineData("RealtimeCollab:Limits:OperationsPerSecondPerUser", "-1")]
    [InlineData("RealtimeCollab:Limits:JoinsPerSecond", "-1")]
    [InlineData("RealtimeCollab:Limits:ReadsPerSecond", "-1")]
    [InlineData("RealtimeCollab:Limits:ConnectionsPerAddress", "-1")]
    [InlineData("RealtimeCollab:Limits:HandshakeTimeout", "00:00:00")]
    [InlineData("RealtimeCollab:Limits:HandshakeTimeout", "soon")]
    [InlineData("RealtimeCollab:Limits:UnauthenticatedConnections", "-1")]
    [InlineData("RealtimeCollab:Limits:ImportsPerSecondPerUser", "-1")]
    [InlineData("RealtimeCollab:Limits:ImportsAtOncePerUser", "-1")]
    [InlineData("RealtimeCollab:Limits:ImportsAtOnce", "-1")]
    [InlineData("RealtimeCollab:Limits:MaxMarkdownBytes", "0")]
    [InlineData("RealtimeCollab:Limits:MaxFormatWeight", "0")]
    [InlineData("RealtimeCollab:Limits:LinkAttemptsPerSecondPerUser", "-1")]
    [InlineData("RealtimeCollab:Limits:RequestsPerSecondPerUser", "-1")]
    [InlineData("RealtimeCollab:Limits:MentionsPerSecondPerUser", "-1")]
    [InlineData("RealtimeCollab:Limits:MaxVersionsPerDocument", "-1")]
    [InlineData("RealtimeCollab:Limits:MaxLinksPerDocument", "-1")]
    [InlineData("RealtimeCollab:Hooks:TimeLimit", "00:02:00")]
    [InlineData("RealtimeCollab:Hooks:CommitQueueLength", "0")]
    [InlineData("RealtimeCollab:Retention:Chat", "00:00:01")]
    [InlineData("RealtimeCollab:Retention:Notifications", "never")]
    [InlineData("RealtimeCollab:Webhooks:MaxAttempts", "0")]
    [InlineData("RealtimeCollab:Webhooks:Concurrency", "many")]
    [InlineData("RealtimeCollab:Webhooks:MaxTries", "5")]
    [InlineData("RealtimeCollab:Webhooks:LongestTime", "00:00:01")]
    [InlineData("RealtimeCollab:Webhooks:AttemptTimeout", "00:10:00")]
    [InlineData("RealtimeCollab:Webhooks:KeepDeadLetters", "00:00:00")]
    [InlineData("RealtimeCollab:Webhooks:Endpoints:crm:Url", "ftp://app.example")]
    [InlineData("RealtimeCollab:Webhooks:Endpoints:crm:Url", "https://user:password@app.example")]
    [InlineData("RealtimeCollab:Webhooks:Endpoints:crm:Secret", "whsec_short")]
    [InlineData("RealtimeCollab:Webhooks:Endpoints:crm:OtherSecret", "secret")]
    [InlineData("RealtimeCollab:Webhooks:Endpoints:crm:Events:0", "document.opened")]
    [InlineData("RealtimeCollab:AllowedOrigins:0", "https://app.example/path")]
    [InlineData("RealtimeCollab:AllowedOrigins:0", "*")]
    public async Task Start_WithASettingThatIsWrong_FailsAndNamesIt(string name, string value)
    {
        var failure = await StartFailureAsync(Environments.Development, (name, value));
        var section = name[..name.LastIndexOf(':')];
        var last = name[(section.Length + 1)..];
        Assert.Contains(section, failure, StringComparison.Ordinal);
        if (last != "0")
            Assert.Contains(last, failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OutsideDevelopmentWithoutSigningKey_FailsAndNamesIt()
    {
        var failure = await StartFailureAsync(Environments.Production);
        Assert.Contains("RealtimeCollab__Auth__SigningKey", failure, StringComparison.Ordinal);
        Assert.Contains("RealtimeCollab__Auth__Authority", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAuthorityAndNoAudience_FailsAndNamesIt()
    {
        var failure = await StartFailureAsync(Environments.Production, ("RealtimeCollab:Auth:Authority", "https://login.example"));
        Assert.Contains("RealtimeCollab__Auth__Audience", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfSeveralNodesWithNoKeyOfOurs_FailsAndNamesIt()
    {
        var settings = WithSettings(
            Environments.Production, ("RealtimeCollab:Auth:Authority", "https://login.example"), ("RealtimeCollab:Auth:Audience", "collab"));
        var options = settings with { ConfigureServices = services => services.AddSingleton<IBackplane>(_ => throw new NotSupportedException("Not asked for.")) };
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(options));
        Assert.Contains("RealtimeCollab__Auth__EventsKey", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutStore_FailsAndSaysWhatToAdd()
    {
        var options = new TestAppOptions { Storage = (_, _) => { } };
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TestApp.StartAsync(options));
        Assert.Contains("AddSqliteStorage", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_InOtherPartsOfTheSection_AreLeftToTheirOwners()
    {
        await using var app = await TestApp.StartAsync(WithSettings(Environments.Development, ("RealtimeCollab:Storage:Provider", "memory")));
        Assert.NotEmpty(await app.GetTokenAsync("alice"));
    }

    [Fact]
    public async Task Limits_FromTheConfiguration_AreToldInWelcome()
    {
        await using var app = await TestApp.StartAsync(WithSettings(
            Environments.Development, ("RealtimeCollab:Limits:OperationsPerSecond", "7"), ("RealtimeCollab:Limits:HistoryHorizon", "1000")));
        await using var client = await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync("alice"));
        var limits = (await client.NextAsync("Welcome"))["limits"]!;
        Assert.Equal(7, (int)limits["operationsPerSecond"]!);
        Assert.Equal(1000, (int)limits["historyHorizon"]!);
        Assert.Equal(524288, (int)limits["maxOperationBytes"]!);
    }

    [Fact]
    public async Task Start_WithAWebhookEndpointThatHasNoProperName_FailsAndNamesIt()
    {
        var failure = await StartFailureAsync(Environments.Development, ("RealtimeCollab:Webhooks:Endpoints:our crm:Url", "https://app.example"));
        Assert.Contains("RealtimeCollab:Webhooks:Endpoints:our crm is no name", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OutsideDevelopment_WithAWebhookOverHttp_FailsUnlessItIsAllowed()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        (string, string)[] settings =
        [
            ("RealtimeCollab:Auth:SigningKey", Key),
            ("RealtimeCollab:Webhooks:Endpoints:crm:Url", "http://app.example/hooks?token=hidden"),
            ("RealtimeCollab:Webhooks:Endpoints:crm:Secret", Secret),
        ];

        var failure = await StartFailureAsync(Environments.Production, settings);

        Assert.Contains("RealtimeCollab:Webhooks:Endpoints:crm:Url", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure, StringComparison.Ordinal);
        await using var allowed = await TestApp.StartAsync(WithSettings(Environments.Production, [.. settings, ("RealtimeCollab:Webhooks:AllowHttp", "true")]));
    }

    private static async Task<string> StartFailureAsync(string environment, params (string Name, string Value)[] settings)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TestApp.StartAsync(WithSettings(environment, settings)));
        return failure.Message;
    }

    private static TestAppOptions WithSettings(string environment, params (string Name, string Value)[] settings) => new()
    {
        Environment = environment,
        Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal),
    };
}
