using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>What tests of access have in common: documents that belong to ada, and are closed to all who are no members.</summary>
internal static class AccessApp
{
    public static TestAppOptions Private => new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A document of ada's in which others have roles.</summary>
    public static async Task<RawHubClient> ShareAsync(this TestApp app, string documentId, params (string UserId, string Role)[] members)
    {
        var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId, initialText = "text" });
        foreach (var (userId, role) in members)
            await app.SetRoleAsync(documentId, userId, role);
        return ada;
    }

    /// <summary>Gives a role over HTTP, as ada.</summary>
    public static async Task SetRoleAsync(this TestApp app, string documentId, string userId, string role)
    {
        var (status, _) = await (await ApiClient.OfAsync(app, "ada")).PutAsync(documentId, userId, role);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    public static Task<(HttpStatusCode Status, JsonObject Answer)> PutAsync(this ApiClient api, string documentId, string userId, string role) =>
        api.SendAsync(HttpMethod.Put, $"/api/documents/{documentId}/members/{Uri.EscapeDataString(userId)}", $$"""{"role":"{{role}}"}""");

    public static Task<(HttpStatusCode Status, JsonObject Answer)> DeleteAsync(this ApiClient api, string documentId, string userId) =>
        api.SendAsync(HttpMethod.Delete, $"/api/documents/{documentId}/members/{Uri.EscapeDataString(userId)}");

    /// <summary>Gives a role in the store alone, as another node does.</summary>
    public static async Task SetRoleElsewhereAsync(this TestApp app, string documentId, string userId, MemberRole role)
    {
        var head = await app.HeadAsync(documentId);
        var change = await app.Services.GetRequiredService<IMembershipStore>().SetAsync(documentId, head.Incarnation, userId, role, membershipVersion: null, Cancellation);
        Assert.Equal(MembershipChange.Changed, change);
    }

    public static async Task<DocumentHead> HeadAsync(this TestApp app, string documentId) =>
        Assert.IsType<DocumentHead>(await app.Services.GetRequiredService<IOperationLog>().FindAsync(documentId, Cancellation));

    /// <summary>All that is in the log of a document.</summary>
    public static async Task<IReadOnlyList<LogEntry>> ReadLogAsync(this TestApp app, string documentId)
    {
        var log = app.Services.GetRequiredService<IOperationLog>();
        var entries = new List<LogEntry>();
        while (await log.ReadAsync(documentId, entries.Count, 1000, Cancellation) is { Count: > 0 } page)
            entries.AddRange(page);
        return entries;
    }
}
