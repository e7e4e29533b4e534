using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Submissions_AreCountedByOutcomeAndMeasured()
    {
        await using var app = await TestApp.StartAsync();
        using var measurements = new Measurements(app);
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("a"), "1"));
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("b"), "2"));
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("c"), "3"));
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("a"), "1"));
        await alice.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 3, new JsonArray(9, "x")));

        Assert.Equal(3, measurements.Of("realtimecollab.submissions", "committed").Sum());
        Assert.Equal(1, measurements.Of("realtimecollab.submissions", "repeated").Sum());
        Assert.Equal(1, measurements.Of("realtimecollab.submissions", "refused").Sum());
        Assert.Equal([0, 0, 2], measurements.Of("realtimecollab.transform.depth"));
        Assert.Equal([1, 1, 1], measurements.Of("realtimecollab.batch.size"));
        Assert.Equal(3, measurements.Of("realtimecollab.commit.duration").Count(seconds => seconds > 0));
        Assert.Equal(1, measurements.Of("realtimecollab.refusals", "invalid_operation").Sum());
    }

    [Fact]
    public async Task WhatIsOpen_IsSeenByKind()
    {
        await using var app = await TestApp.StartAsync();
        using var measurements = new Measurements(app);
        await app.CreateDocumentAsync("d");
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var watcher = await app.ConnectAsync("alice", hub: "presence");
        await using var chatter = await app.JoinAsync("bob", "d");

        Assert.Equal(1, measurements.Now("realtimecollab.connections", "chat"));
        Assert.Equal(1, measurements.Now("realtimecollab.connections", "presence"));
        Assert.Equal(1, measurements.Now("realtimecollab.sessions.open", "document"));
        Assert.Equal(1, measurements.Now("realtimecollab.sessions.open", "room"));
        Assert.InRange(measurements.Now("realtimecollab.presence.users"), 2, 3);
        Assert.True(measurements.Now("realtimecollab.outbox.depth") >= 0);
    }

    [Fact]
    public async Task Outbox_ThatWasSent_IsEmpty()
    {
        await using var app = await TestApp.StartAsync();
        using var measurements = new Measurements(app);
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 20; i++)
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", i, new JsonArray("a")));
        await alice.NextAsync("OperationsApplied", batch => (long)batch["operations"]!.AsArray()[^1]!["revision"]! == 20);
        // what tells of the members may still be on its way
        var since = TimeProvider.System.GetTimestamp();
        while (measurements.Now("realtimecollab.outbox.depth") > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience.Limit, "Something stays in the outbox.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, measurements.Now("realtimecollab.outbox.depth"));
    }
}
