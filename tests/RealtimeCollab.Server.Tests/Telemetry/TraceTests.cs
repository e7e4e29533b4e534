using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Telemetry;

/// <summary>One trace leads from the client that submits over the commit to those who receive.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly string _documentId = $"traced-{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "RealtimeCollab" or "RealtimeCollab.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Take,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _news.Dispose();
    }

    [Theory]
    [InlineData(HubProtocolChoice.Json)]
    [InlineData(HubProtocolChoice.MessagePack)]
    public async Task Edit_OfOneClient_IsOneTraceToTheOther(HubProtocolChoice protocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice", protocol: protocol);
        await using var bob = await app.StartClientAsync("bob", protocol: protocol);
        var (hers, his) = (await alice.EditAsync(_documentId), await bob.EditAsync(_documentId));
        hers.Insert(0, "Hello");
        await ClientTestExtensions.SettleAsync(hers, his);

        var sent = await NextAsync("realtimecollab.client.submit");
        var submitted = await NextAsync("realtimecollab.submit");
        var appended = await NextAsync("realtimecollab.append");
        // both hear of it, the author too
        var received = new[] { await NextAsync("realtimecollab.client.receive"), await NextAsync("realtimecollab.client.receive") };

        Assert.Equal(sent.SpanId, submitted.ParentSpanId);
        Assert.Equal(submitted.SpanId, appended.ParentSpanId);
        Assert.All(received, span => Assert.Equal(submitted.SpanId, span.ParentSpanId));
        Assert.All([submitted, appended, .. received], span => Assert.Equal(sent.TraceId, span.TraceId));
        Assert.Equal(1L, submitted.GetTagItem("realtimecollab.revision"));
    }

    [Fact]
    public async Task Refusal_IsTheSpansStatus()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = _documentId });
        await alice.InvokeRefusedAsync("SubmitOperation", Requests.Submit(_documentId, 0, new JsonArray(9, "x")));

        var submitted = await NextAsync("realtimecollab.submit");
        Assert.Equal(ActivityStatusCode.Error, submitted.Status);
        Assert.Equal("InvalidOperation", submitted.StatusDescription);
    }

    private void Take(Activity activity)
    {
        if (activity.GetTagItem("realtimecollab.document.id") as string != _documentId)
            return;
        _ended.Enqueue(activity);
        _news.Release();
    }

    /// <summary>Each span once.</summary>
    private async Task<Activity> NextAsync(string name)
    {
        while (true)
        {
            var found = _ended.FirstOrDefault(activity => activity.OperationName == name && activity.GetCustomProperty("taken") is null);
            if (found is not null)
            {
                found.SetCustomProperty("taken", name);
                return found;
            }

            Assert.True(await _news.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken), $"No span {name} came.");
        }
    }
}
