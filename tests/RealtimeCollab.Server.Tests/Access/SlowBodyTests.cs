using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>What users may do counts as it is when a request is carried out, however long it takes to come.</summary>
public sealed class SlowBodyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", "/members/bob", """{"role":"owner"}""")]
    [InlineData("POST", "/links", """{"role":"editor"}""")]
    [InlineData("PATCH", "", """{"title":"Mine"}""")]
    [InlineData("POST", "/versions", """{"name":"Mine"}""")]
    [InlineData("POST", "/restore", """{"revision":0}""")]
    public async Task Request_WhoseBodyComesAfterTheRightIsGone_IsDenied(string method, string path, string body)
    {
        var held = new HeldBodies();
        await using var app = await TestApp.StartAsync(AccessApp.Private with { ConfigureServices = services => services.AddSingleton<IStartupFilter>(held) });
        await using var _ = await app.ShareAsync("d", ("bob", "owner"));
        var bob = await ApiClient.OfAsync(app, "bob");

        var sent = bob.SendAsync(new HttpMethod(method), $"/api/documents/d{path}?{HeldBodies.Mark}", body);
        await held.IsAskedFor.WaitAsync(Patience.Limit, Cancellation);
        await app.SetRoleAsync("d", "bob", "viewer");
        held.Release();

        var (status, problem) = await sent;
        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), (status, (string?)problem["code"]));
        var ada = await ApiClient.OfAsync(app, "ada");
        Assert.Equal(["ada:owner", "bob:viewer"], MembersOf(await ada.GetAsync("d/members")));
        Assert.Empty((await ada.GetAsync("d/links"))["links"]!.AsArray());
        Assert.Empty((await ada.GetAsync("d/versions"))["versions"]!.AsArray());
        var document = await ada.GetAsync("d");
        Assert.Equal((null, "text"), ((string?)document["title"], (string?)document["content"]));
    }

    [Fact]
    public async Task Change_OfAnOwnerWhoIsTakenOutBetweenTheLookAndTheWrite_IsDenied()
    {
        await using var app = await StartOvertakingAsync();
        await using var _ = await app.ShareAsync("d", ("bob", "owner"));
        var store = app.Services.GetRequiredService<OvertakingMembers>();
        var bob = await ApiClient.OfAsync(app, "bob");

        store.BeforeNext = () => app.SetRoleElsewhereAsync("d", "bob", MemberRole.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.PutAsync("d", "bob", "owner")).Status);
        await app.SetRoleAsync("d", "bob", "owner");
        store.BeforeNext = () => app.SetRoleElsewhereAsync("d", "bob", MemberRole.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.DeleteAsync("d", "ada")).Status);

        Assert.Equal(["ada:owner", "bob:viewer"], MembersOf(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d/members")));
    }

    [Fact]
    public async Task Change_BesideAnotherOfTheMembers_IsDoneAllTheSame()
    {
        await using var app = await StartOvertakingAsync();
        await using var _ = await app.ShareAsync("d");
        app.Services.GetRequiredService<OvertakingMembers>().BeforeNext = () => app.SetRoleElsewhereAsync("d", "eve", MemberRole.Viewer);

        await app.SetRoleAsync("d", "bob", "editor");

        Assert.Equal(["ada:owner", "bob:editor", "eve:viewer"], MembersOf(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d/members")));
    }

    [Fact]
    public async Task Link_OfAnOwnerWhoIsTakenOutWhileItIsMade_IsNotThere()
    {
        await using var app = await StartOvertakingAsync();
        await using var _ = await app.ShareAsync("d", ("bob", "owner"));
        app.Services.GetRequiredService<OvertakingLinks>().BeforeNext = () => app.SetRoleElsewhereAsync("d", "bob", MemberRole.Viewer);

        var (status, _) = await (await ApiClient.OfAsync(app, "bob")).CallAsync("d/links", """{"role":"editor"}""");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Empty((await (await ApiClient.OfAsync(app, "ada")).GetAsync("d/links"))["links"]!.AsArray());
    }

    private static IEnumerable<string> MembersOf(JsonObject page) => page["members"]!.AsArray().Select(member => $"{member!["userId"]}:{member["role"]}");

    private static Task<TestApp> StartOvertakingAsync() => TestApp.StartAsync(AccessApp.Private with
    {
        Storage = (services, _) =>
        {
            services.AddMemoryStorage();
            services.AddSingleton(provider => new OvertakingMembers(new MemoryMembershipStore(provider.GetRequiredService<MemoryStore>())));
            services.AddSingleton<IMembershipStore>(provider => provider.GetRequiredService<OvertakingMembers>());
            services.AddSingleton(provider => new OvertakingLinks(new MemoryShareLinkStore(provider.GetRequiredService<MemoryStore>())));
            services.AddSingleton<IShareLinkStore>(provider => provider.GetRequiredService<OvertakingLinks>());
        },
    });
}
