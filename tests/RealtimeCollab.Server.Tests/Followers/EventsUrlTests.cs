using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Followers;

/// <summary>The signed address that <c>Subscribe</c> with <c>useSse</c> gives.</summary>
public sealed class EventsUrlTests
{
    [Fact]
    public async Task Address_OpensWithoutAHeader_AndGoesOnWhereTheSnapshotEnds()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "Hello" });
        await using var grace = await app.ConnectAsync("grace", "clientId=grace-phone&device=Phone");

        var snapshot = await grace.InvokeAsync("Subscribe", new { documentId = "d", useSse = true });
        Assert.Equal(("Hello", 1, true), ((string?)snapshot!["content"], (int)snapshot["revision"]!, (bool)snapshot["readOnly"]!));
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, "!")));
        await using var follower = await EventClient.OpenUrlAsync(app, (string)snapshot["eventsUrl"]!);

        Assert.Equal(2, (long)(await follower.NextAsync("remote_operation"))["id"]!);
        Assert.Empty(follower.Received("snapshot"));
        var joined = (await ada.NextAsync("UserJoined"))["client"]!;
        Assert.Equal(("grace-phone", "Phone"), ((string?)joined["clientId"], (string?)joined["device"]));
        // the connection itself stays outside
        await ada.NextAsync("SessionInfo", info => (int)info["readerCount"]! == 1);
        Assert.Equal("session_not_found", await grace.InvokeRefusedAsync("UpdateSelection", new { documentId = "d", revision = 2 }));
        Assert.Empty(grace.Received("OperationsApplied"));
    }

    [Fact]
    public async Task Ticket_OfAnotherDocumentOrChanged_IsUnauthenticated()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await ada.InvokeAsync("StartEditing", new { documentId = "other" });
        var address = (string)(await ada.InvokeAsync("Subscribe", new { documentId = "d", useSse = true }))!["eventsUrl"]!;
        var ticket = address[(address.IndexOf("ticket=", StringComparison.Ordinal) + 7)..];

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, address));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, address.Replace("/d/", "/other/", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, address[..^5] + (address[^5] == 'A' ? 'B' : 'A') + address[^4..]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, $"/api/documents/d/events?access_token={ticket}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, $"/api/documents/d?ticket={ticket}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, $"/api/documents/d?access_token={await app.GetTokenAsync("ada")}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, $"/api/documents/d/events?ticket={await app.GetTokenAsync("ada")}"));
    }

    [Fact]
    public async Task Ticket_AfterItsTime_IsUnauthenticated()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = time });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        var address = (string)(await ada.InvokeAsync("Subscribe", new { documentId = "d", useSse = true }))!["eventsUrl"]!;

        time.Advance(EventTickets.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, address));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, address));
    }

    [Fact]
    public async Task Address_ForWhoMayNotRead_IsDenied()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var grace = await app.ConnectAsync("grace");

        Assert.Equal("permission_denied", await grace.InvokeRefusedAsync("Subscribe", new { documentId = "d", useSse = true }));
        Assert.Equal("document_not_found", await grace.InvokeRefusedAsync("Subscribe", new { documentId = "nowhere", useSse = true }));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestApp app, string address)
    {
        using var answer = await EventClient.SendAsync(app.Http, address, token: null);
        return answer.StatusCode;
    }
}
