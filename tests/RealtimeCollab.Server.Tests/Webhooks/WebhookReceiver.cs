using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Server.Webhooks;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>An application that is told what happens: an HTTP server of this machine.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedEvent> _requests = new();
    private readonly ConcurrentQueue<ReceivedEvent> _taken = new();
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/hooks?token=in-the-address";

    /// <summary>Each request, also those that it refused.</summary>
    public IReadOnlyCollection<ReceivedEvent> Requests => _requests;

    /// <summary>What it answered with success, in the order of arrival; what came twice is in it twice.</summary>
    public IReadOnlyCollection<ReceivedEvent> Taken => _taken;

    /// <summary>Starts one that answers with the status that is decided for a request, 200 if nothing is.</summary>
    public static Task<WebhookReceiver> StartAsync(Func<ReceivedEvent, int>? decide = null) => StartAsync((context, received) =>
    {
        context.Response.StatusCode = decide?.Invoke(received) ?? StatusCodes.Status200OK;
        return Task.CompletedTask;
    });

    /// <summary>Starts one that answers as it likes.</summary>
    public static async Task<WebhookReceiver> StartAsync(Func<HttpContext, ReceivedEvent, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hooks", context => receiver.ReceiveAsync(context, answer));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits until what it has taken is enough.</summary>
    public Task<IReadOnlyList<ReceivedEvent>> TakeAsync(Func<IReadOnlyList<ReceivedEvent>, bool> isEnough) => WaitAsync(_taken, isEnough);

    /// <summary>Waits until it was asked often enough.</summary>
    public Task<IReadOnlyList<ReceivedEvent>> BeAskedAsync(Func<IReadOnlyList<ReceivedEvent>, bool> isEnough) => WaitAsync(_requests, isEnough);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IReadOnlyList<ReceivedEvent>> WaitAsync(ConcurrentQueue<ReceivedEvent> queue, Func<IReadOnlyList<ReceivedEvent>, bool> isEnough)
    {
        while (true)
        {
            var changed = _changed.Task;
            ReceivedEvent[] events = [.. queue];
            if (isEnough(events))
                return events;
            try
            {
                await changed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Nothing more came than {string.Join("; ", events.Select(one => one.Body.ToJsonString()))}");
            }
        }
    }

    private async Task ReceiveAsync(HttpContext context, Func<HttpContext, ReceivedEvent, Task> answer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var received = ReceivedEvent.From(context.Request, body.ToArray());
        _requests.Enqueue(received);
        Signal();
        await answer(context, received);
        if (context.Response.StatusCode is >= 200 and < 300)
            _taken.Enqueue(received);
        Signal();
    }

    private void Signal() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}

/// <summary>A request as it came.</summary>
/// <param name="Id">The header <c>webhook-id</c>.</param>
/// <param name="Timestamp">The header <c>webhook-timestamp</c>.</param>
/// <param name="Signature">The header <c>webhook-signature</c>.</param>
/// <param name="Bytes">The body.</param>
internal sealed record ReceivedEvent(string Id, string Timestamp, string Signature, byte[] Bytes)
{
    public JsonObject Body { get; } = (JsonObject)JsonNode.Parse(Bytes)!;

    public string Type => (string)Body["type"]!;

    public JsonObject Data => (JsonObject)Body["data"]!;

    public string? DocumentId => (string?)Data["documentId"];

    public long Revision => (long)Data["revision"]!;

    /// <summary>Whether one of the signatures is the one of this secret.</summary>
    public bool IsSignedWith(string secret) =>
        WebhookSecret.TryParse(secret, out var key)
        && Signature.Split(' ').Contains(key.Sign(Id, long.Parse(Timestamp, CultureInfo.InvariantCulture), Bytes));

    public static ReceivedEvent From(HttpRequest request, byte[] body) =>
        new(request.Headers["webhook-id"]!, request.Headers["webhook-timestamp"]!, request.Headers["webhook-signature"]!, body);
}
