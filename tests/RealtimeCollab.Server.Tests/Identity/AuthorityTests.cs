using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using RealtimeCollab.Server.Tests.Followers;
using RealtimeCollab.Server.Tests.Support;
using static RealtimeCollab.Server.Tests.Support.TestTokens;

namespace RealtimeCollab.Server.Tests.Identity;

/// <summary>Tokens of an OpenID Connect provider.</summary>
public sealed class AuthorityTests
{
    private const string Audience = "collab";

    [Fact]
    public async Task Token_OfTheAuthority_IsAcceptedOnHubsAndOverHttp()
    {
        await using var authority = await FakeAuthority.StartAsync();
        await using var app = await StartAsync(authority);
        var token = Sign(authority.Credentials, "alice", Future, authority.Address, Audience);

        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(app, token));
        await using var client = await RawHubClient.ConnectAsync(app.Address, token);
        Assert.Equal("alice", (string?)(await client.NextAsync("Welcome"))["userId"]);
    }

    [Fact]
    public async Task Token_ThatIsNotForUs_IsUnauthenticated()
    {
        await using var authority = await FakeAuthority.StartAsync();
        await using var another = await FakeAuthority.StartAsync();
        await using var app = await StartAsync(authority);
        string[] tokens =
        [
            Sign(authority.Credentials, "alice", Future, authority.Address, "another"),
            Sign(authority.Credentials, "alice", Future, authority.Address),
            Sign(authority.Credentials, "alice", Future, another.Address, Audience),
            Sign(authority.Credentials, "alice", Future, issuer: null, Audience),
            Sign(authority.Credentials, "alice", Past, authority.Address, Audience),
            Sign(authority.Credentials, userId: null, Future, authority.Address, Audience),
            Sign(another.Credentials, "alice", Future, authority.Address, Audience),
            // no key of ours: with a provider alone, no shared secret counts, the provider's public key least of all
            Sign(Key, "alice", Future, authority.Address, Audience),
            Sign(PublicKeyAsSecret(authority), "alice", Future, authority.Address, Audience),
        ];
        foreach (var token in tokens)
            Assert.Equal(HttpStatusCode.Unauthorized, await NegotiateAsync(app, token));
        Assert.DoesNotContain(app.Logs.Lines, line => tokens.Any(token => line.Text.Contains(token, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Keys_ThatRotate_AreReadAnewAndTheOldOnesCountNoMore()
    {
        await using var authority = await FakeAuthority.StartAsync();
        await using var app = await StartAsync(authority);
        var old = Sign(authority.Credentials, "alice", Future, authority.Address, Audience);
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(app, old));
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(app, old));
        Assert.Equal(1, authority.KeysRead);

        authority.Rotate();
        var rotated = Sign(authority.Credentials, "alice", Future, authority.Address, Audience);

        using var patience = new CancellationTokenSource(Patience.Limit, TimeProvider.System);
        while (await NegotiateAsync(app, rotated) != HttpStatusCode.OK)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, await NegotiateAsync(app, old));
    }

    [Fact]
    public async Task Authority_ThatIsAwayAtTheStart_IsFoundWhenItIsBack()
    {
        await using var authority = await FakeAuthority.StartAsync();
        authority.IsDown = true;
        await using var app = await StartAsync(authority);
        var token = Sign(authority.Credentials, "alice", Future, authority.Address, Audience);
        Assert.Equal(HttpStatusCode.Unauthorized, await NegotiateAsync(app, token));

        authority.IsDown = false;
        using var patience = new CancellationTokenSource(Patience.Limit, TimeProvider.System);
        while (await NegotiateAsync(app, token) != HttpStatusCode.OK)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    [Fact]
    public async Task SigningKey_BesideAnAuthority_IsTakenToo()
    {
        await using var authority = await FakeAuthority.StartAsync();
        await using var app = await StartAsync(authority, ("SigningKey", Key));
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(app, Sign(Key, "alice", Future, audience: Audience)));
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(app, Sign(authority.Credentials, "alice", Future, authority.Address, Audience)));
    }

    [Theory]
    [InlineData("a key for events that both nodes were given", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task EventAddress_OfAnotherNode_OpensWhereBothHaveItsKey(string? key, HttpStatusCode expected)
    {
        await using var authority = await FakeAuthority.StartAsync();
        (string, string)[] keys = key is null ? [] : [("EventsKey", key)];
        await using var here = await StartAsync(authority, keys);
        await using var there = await StartAsync(authority, keys);
        var token = Sign(authority.Credentials, "alice", Future, authority.Address, Audience);
        await using var elsewhere = await RawHubClient.ConnectAsync(there.Address, token);
        await elsewhere.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var alice = await RawHubClient.ConnectAsync(here.Address, token);
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        var address = (string)(await alice.InvokeAsync("Subscribe", new { documentId = "d", useSse = true }))!["eventsUrl"]!;

        using var answer = await EventClient.SendAsync(there.Http, new Uri(there.Address, address).PathAndQuery, token: null);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(key is null, here.Logs.Lines.Any(line => line.EventId == 3040));
    }

    private static string PublicKeyAsSecret(FakeAuthority authority) =>
        Convert.ToBase64String(((RsaSecurityKey)authority.Credentials.Key).Rsa.ExportSubjectPublicKeyInfo());

    private static Task<TestApp> StartAsync(FakeAuthority authority, params (string Name, string Value)[] more) => TestApp.StartAsync(new TestAppOptions
    {
        Environment = Environments.Production,
        Settings = new[] { ("Authority", authority.Address), ("Audience", Audience) }.Concat(more)
            .ToDictionary(setting => $"RealtimeCollab:Auth:{setting.Item1}", setting => setting.Item2, StringComparer.Ordinal),
    });

    private static async Task<HttpStatusCode> NegotiateAsync(TestApp app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/document/negotiate?negotiateVersion=1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
