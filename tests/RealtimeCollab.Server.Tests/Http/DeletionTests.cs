using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Faults;
using RealtimeCollab.Server.Tests.Followers;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Http;

/// <summary>A document is deleted under those who have it open, and under those who are away.</summary>
public sealed class DeletionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_TellsTheRoom_AndTheIdBeginsAnewAboveTheOldRevisions()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await WriteAsync(app);
        await using var grace = await app.ConnectAsync("grace");
        await grace.InvokeAsync("Subscribe", new { documentId = "d" });
        await using var follower = await EventClient.OpenAsync(app, "linus", "d");
        await follower.NextAsync("snapshot");

        Assert.Equal(HttpStatusCode.Forbidden, (await DeleteAsync(app, "grace")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(app, "ada")).Status);

        Assert.Equal(("d", "deleted"), await ClosedAsync(ada));
        Assert.Equal(("d", "deleted"), await ClosedAsync(grace));
        await follower.Ended.WaitAsync(Patience.Limit, Cancellation);
        Assert.Equal("document_not_found", await ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 2, new JsonArray("late"))));
        Assert.Equal(HttpStatusCode.NotFound, (await DeleteAsync(app, "ada")).Status);

        var fresh = await grace.InvokeAsync("StartEditing", new { documentId = "d", initialText = "new" });
        Assert.Equal(("new", 4, "owner"), ((string?)fresh!["content"], (int)fresh["revision"]!, (string?)fresh["role"]));
        await grace.InvokeAsync("SubmitOperation", Requests.Submit("d", 4, new JsonArray(3, "!")));
        Assert.Equal("new!", (string?)(await (await ApiClient.OfAsync(app, "grace")).GetAsync("d"))["content"]);
        Assert.Equal("revision_too_old", await grace.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 2, new JsonArray("old"))));
    }

    [Fact]
    public async Task Delete_WhoseCallerLeaves_GoesOnToTheEnd()
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HeldLog? log = null;
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            // nobody looks at the store by himself
            Time = new ManualTime(TimeProvider.System.GetUtcNow()),
            Storage = (services, _) => services.AddMemoryStorage()
                .AddSingleton<IOperationLog>(provider => log = new HeldLog(provider.GetRequiredService<MemoryStore>(), "d")),
            ConfigureServices = services => services.AddSingleton<IStartupFilter>(new AbortedDeletions(aborted)),
        });
        await using var ada = await WriteAsync(app);
        log!.HoldDeletions();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/documents/d");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await app.GetTokenAsync("ada"));

        var sent = app.Http.SendAsync(request, leaving.Token);
        await log.Reached.WaitAsync(Patience.Limit, Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        await aborted.Task.WaitAsync(Patience.Limit, Cancellation);
        log.Release();

        Assert.Equal(("d", "deleted"), await ClosedAsync(ada));
    }

    [Fact]
    public async Task StartEditing_WithARevision_DoesNotBringADeletedDocumentBack()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await WriteAsync(app);
        await DeleteAsync(app, "ada");

        Assert.Equal("document_not_found", await ada.InvokeRefusedAsync("StartEditing", new { documentId = "d", sinceRevision = 2, initialText = "again" }));

        Assert.Equal(HttpStatusCode.NotFound, (await (await ApiClient.OfAsync(app, "ada")).CallAsync("d")).Status);
    }

    [Fact]
    public async Task Client_ThatIsThere_IsClosed()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.StartClientAsync("ada");
        var document = await client.EditAsync("d");
        document.Insert(0, "text");
        await document.SettleAsync(revision: 1);

        await DeleteAsync(app, "ada");
        await document.UntilAsync(one => one.IsClosed);

        Assert.Equal("deleted", document.ClosedReason);
    }

    [Fact]
    public async Task Client_ThatWasAway_HandsItsEditsBackAndCreatesNothing()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var client = await app.StartClientAsync("ada", proxy.Address);
        var document = await client.EditAsync("d");
        document.Insert(0, "text");
        await document.SettleAsync(revision: 1);
        proxy.IsDown = true;
        proxy.Cut();
        await document.UntilAsync(one => one.State == DocumentState.Offline);
        document.Insert(4, " and more");
        var closed = new TaskCompletionSource<DocumentClosedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        document.Closed += (_, closing) => closed.TrySetResult(closing);

        await DeleteAsync(app, "ada");
        proxy.IsDown = false;
        var closing = await closed.Task.WaitAsync(Patience.Limit, Cancellation);

        Assert.Equal(("document_not_found", "text and more"), (closing.Reason, document.Text));
        Assert.Equal("""[4," and more"]""", Assert.Single(closing.Operations).ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await (await ApiClient.OfAsync(app, "ada")).CallAsync("d")).Status);
    }

    private sealed class AbortedDeletions(TaskCompletionSource aborted) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (HttpMethods.IsDelete(context.Request.Method))
                    context.RequestAborted.Register(() => aborted.TrySetResult());
                return rest(context);
            });
            next(app);
        };
    }

    private static async Task<RawHubClient> WriteAsync(TestApp app)
    {
        var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "old" });
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(3, "!")));
        return ada;
    }

    private static async Task<(string? DocumentId, string? Reason)> ClosedAsync(RawHubClient client)
    {
        var message = await client.NextAsync("DocumentClosed");
        return ((string?)message["documentId"], (string?)message["reason"]);
    }

    private static async Task<(HttpStatusCode Status, JsonObject Answer)> DeleteAsync(TestApp app, string userId) =>
        await (await ApiClient.OfAsync(app, userId)).SendAsync(HttpMethod.Delete, "/api/documents/d");
}
