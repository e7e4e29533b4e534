using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>A member that stops reading, on a real socket with the system's real buffers.</summary>
public sealed class SlowReceiverTests
{
    /// <summary>More than what sockets buffer on any system that the tests run on.</summary>
    private const int MaxEdits = 200;

    [Fact]
    public async Task Member_ThatStopsReading_IsCutWhileTheRoomGoesOn_AndResumesByRevision()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await using var carol = await app.ConnectAsync("carol");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await carol.InvokeAsync("Subscribe", new { documentId = "d" });
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });
        bob.StopReading();

        var text = new string('x', 300_000);
        var revision = 0;
        while (revision < MaxEdits && alice.Received("UserLeft").Count == 0)
        {
            var operation = revision == 0 ? new JsonArray(text) : new JsonArray(text, -text.Length);
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", revision, operation));
            revision++;
            await carol.NextAsync("OperationsApplied", batch => (long)batch["fromRevision"]! == revision - 1);
        }

        Assert.Equal("bob", (string?)(await alice.NextAsync("UserLeft"))["client"]!["userId"]);
        Assert.Single(app.Logs.Lines, line => line.EventId == ServerEventIds.SlowReceiverCut);
        bob.ResumeReading();
        await bob.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        await using var back = await app.ConnectAsync("bob");
        var snapshot = await back.InvokeAsync("Subscribe", new { documentId = "d", sinceRevision = revision - 1 });
        Assert.Equal(revision, (long)snapshot!["revision"]!);
        Assert.Single(snapshot["operations"]!.AsArray());
    }
}
