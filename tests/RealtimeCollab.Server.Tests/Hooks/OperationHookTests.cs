using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Server.Tests.Telemetry;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Tests.Hooks;

/// <summary>The application decides over operations before they are accepted.</summary>
public sealed class OperationHookTests
{
    [Fact]
    public async Task Refusal_ReachesTheAuthorWithTheReason_AndChangesNothing()
    {
        await using var app = await HookedApp.AskAsync(RefuseSecrets);
        await using var ada = await EditAsync(app, "ada");
        await using var bob = await EditAsync(app, "bob");

        Assert.Equal("permission_denied", await ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("a secret"), "a1")));
        var told = await ada.NextAsync("Error");
        Assert.Equal(("permission_denied", "a1", "secret"), ((string?)told["code"], (string?)told["operationId"], (string?)told["details"]));

        await bob.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("open")));
        Assert.Equal("open", await ReadAsync(app));
    }

    [Fact]
    public async Task Refusal_GivesTheEditsOfAClientBack_AndItGoesOn()
    {
        await using var app = await HookedApp.AskAsync(RefuseSecrets);
        await using var client = await app.StartClientAsync("ada");
        var document = await client.EditAsync("d");
        var rejected = new TaskCompletionSource<EditsRejectedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        document.Rejected += (_, edits) => rejected.TrySetResult(edits);

        document.Insert(0, "a secret");
        var edits = await rejected.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await document.UntilAsync(one => one.Text.Length == 0);
        document.Insert(0, "open");
        await document.SettleAsync(revision: 1);

        Assert.Equal((ErrorCodes.PermissionDenied, "a secret"), (edits.Error.Code, edits.Content.ToString()));
        Assert.Equal("open", await ReadAsync(app));
    }

    [Fact]
    public async Task Hook_SeesWhoWantsWhat()
    {
        var seen = new List<ProposedOperation>();
        await using var app = await HookedApp.AskAsync(operation =>
        {
            seen.Add(operation);
            return Task.CompletedTask;
        });
        await using var ada = await app.ConnectAsync("ada", "clientId=ada-laptop");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "Hello" });
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, "!"), "a1"));

        Assert.Equal(("""["Hello"]""", 0, null), (seen[0].Operation.ToString(), seen[0].BaseRevision, seen[0].State));
        Assert.Equal(("d", "ada", "ada-laptop", "a1", 1), (seen[1].DocumentId, CollabIdentity.GetUserId(seen[1].User), seen[1].ClientId, seen[1].OperationId, seen[1].BaseRevision));
        Assert.Equal(("""[5,"!"]""", 1, "Hello"), (seen[1].Operation.ToString(), seen[1].State!.Revision, seen[1].State!.Document.ToString()));
        Assert.DoesNotContain("Hello", $"{seen[0]} {seen[1]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_HoldsTheConnectionsNextOperation_AndNobodyElse()
    {
        var (asked, answer) = (NewSignal(), NewSignal());
        await using var app = await HookedApp.AskAsync(async operation =>
        {
            if (operation.OperationId != "slow")
                return;
            asked.SetResult();
            await answer.Task;
        });
        await using var ada = await EditAsync(app, "ada");
        await using var bob = await EditAsync(app, "bob");

        var slow = ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("1"), "slow"));
        await asked.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        var next = ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("2"), "next"));
        Assert.Equal(1, (int)(await bob.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("3"))))!["revision"]!);
        // calls of a connection begin in their order: by now the next one waits
        await ada.InvokeAsync("Heartbeat", new { documentIds = new[] { "d" } });
        Assert.False(next.IsCompleted);
        answer.SetResult();

        Assert.Equal((2, 3), ((int)(await slow)!["revision"]!, (int)(await next)!["revision"]!));
    }

    [Fact]
    public async Task Operation_OfADocumentThatWasLeftMeanwhile_IsNotAccepted()
    {
        var (asked, answer) = (NewSignal(), NewSignal());
        await using var app = await HookedApp.AskAsync(async _ =>
        {
            asked.SetResult();
            await answer.Task;
        });
        await using var ada = await EditAsync(app, "ada");
        var refused = ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("late")));
        await asked.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await ada.InvokeAsync("StopEditing", new { documentId = "d" });
        answer.SetResult();

        Assert.Equal("session_not_found", await refused);
        Assert.Equal("", await ReadAsync(app));
    }

    [Fact]
    public async Task Hook_ThatThrows_HasNotAgreed_AndIsCounted()
    {
        await using var app = await HookedApp.AskAsync(_ => throw new InvalidOperationException("a defect"));
        using var measured = new Measurements(app);
        await using var ada = await EditAsync(app, "ada");

        Assert.Equal("operation_failed", await ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));

        Assert.Equal("", await ReadAsync(app));
        Assert.Equal([1], measured.Of("realtimecollab.hooks.failures", "operation"));
        Assert.Contains(app.Logs.Lines, line => line.EventId == 3030 && line.Text.Contains("a defect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hook_ThatDoesNotAnswer_HasFailedAfterItsTime()
    {
        await using var app = await HookedApp.AskAsync(
            operation => operation.ClientId == "stuck" ? NewSignal().Task : Task.CompletedTask, TimeSpan.FromMilliseconds(100));
        await using var stuck = await app.ConnectAsync("ada", "clientId=stuck");
        await stuck.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var bob = await EditAsync(app, "bob");

        var refused = stuck.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
        await bob.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("open")));

        Assert.Equal("operation_failed", await refused);
        Assert.Equal("open", await ReadAsync(app));
    }

    [Fact]
    public async Task EveryWayToChangeADocument_IsAskedAbout()
    {
        await using var app = await HookedApp.AskAsync(RefuseSecrets);
        await using var ada = await EditAsync(app, "ada");
        var api = await ApiClient.OfAsync(app, "ada");
        Assert.Equal("permission_denied", await ada.InvokeRefusedAsync("StartEditing", new { documentId = "new", initialText = "a secret" }));
        Assert.Equal(HttpStatusCode.Forbidden, (await api.SendAsync(HttpMethod.Post, "/api/documents", """{"documentId":"new","content":"a secret"}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.CallAsync("new/import", "a secret")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("new")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.CallAsync("d/import", "a secret")).Status);
        Assert.Equal(0, (int)(await api.GetAsync("d"))["revision"]!);
    }

    [Fact]
    public async Task Restoration_IsAskedAbout()
    {
        var isStrict = false;
        await using var app = await HookedApp.AskAsync(operation => isStrict ? RefuseSecrets(operation) : Task.CompletedTask);
        await using var ada = await EditAsync(app, "ada");
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("a secret")));
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(-8)));
        isStrict = true;

        var (status, problem) = await (await ApiClient.OfAsync(app, "ada")).CallAsync("d/restore", """{"revision":1}""");

        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), (status, (string?)problem["code"]));
        Assert.Equal("", await ReadAsync(app));
    }

    private static Task RefuseSecrets(ProposedOperation operation) =>
        operation.Operation.ToString().Contains("secret", StringComparison.Ordinal)
            ? throw CollabException.Refused("Secrets do not belong here.", "secret")
            : Task.CompletedTask;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<RawHubClient> EditAsync(TestApp app, string userId)
    {
        var client = await app.ConnectAsync(userId);
        await client.InvokeAsync("StartEditing", new { documentId = "d" });
        return client;
    }

    private static async Task<string?> ReadAsync(TestApp app) => (string?)(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d"))["content"];
}
