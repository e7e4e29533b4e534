using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Server.Webhooks;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>Receivers that do not behave harm neither the server nor each other.</summary>
public sealed class HostileReceiverTests
{
    private static readonly (string Name, string Value)[] Brief = [.. WebhookApp.Quick, ("MaxAttempts", "2"), ("Endpoints:bad:Events:0", "document.created")];

    /// <summary>For receivers that are asked in vain: an answer may take longer on a machine that is busy.</summary>
    private static readonly (string Name, string Value)[] Impatient = [.. Brief, ("AttemptTimeout", "00:00:02")];

    [Fact]
    public async Task ReceiverThatNeverAnswers_IsGivenUp_AndDelaysNoOther()
    {
        await using var silent = await WebhookReceiver.StartAsync((context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await using var good = await WebhookReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(WebhookApp.Telling([("bad", silent.Url), ("good", good.Url)], [.. Impatient, ("Endpoints:good:Events:0", "document.created")]));
        await using var ada = await app.EditAsync("ada", [.. Enumerable.Range(0, 10).Select(number => $"doc-{number}")]);

        await good.TakeAsync(taken => taken.Select(one => one.Id).Distinct().Count() == 10);
        var admin = await app.AdministratorAsync();
        var letters = await admin.DeadLettersAsync(10);

        Assert.All(letters, letter => Assert.Equal(("bad", "timeout", 2), ((string?)letter!["endpoint"], (string?)letter["failure"], (int)letter["attempts"]!)));
        Assert.Equal(10, good.Requests.Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task ReceiverThatIsBeingAsked_WhenTheServerStops_IsAskedAgainAtOnce()
    {
        await using var silent = await WebhookReceiver.StartAsync((context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await using var app = await TestApp.StartAsync(WebhookApp.Telling([("bad", silent.Url)], [("AttemptTimeout", "00:05:00")]));
        await app.CreateDocumentAsync("notes");
        await silent.BeAskedAsync(requests => requests.Count > 0);

        await app.StopServerAsync();

        var now = TimeProvider.System.GetUtcNow();
        var due = await app.Services.GetRequiredService<IWebhookOutbox>().ClaimAsync("bad", now, now.AddMinutes(1), 10, TestContext.Current.CancellationToken);
        Assert.Equal(("stopped", 2), (Assert.Single(due).Failure, due[0].Attempts));
    }

    [Fact]
    public async Task ReceiverWhoseAnswerNeverEnds_HasTakenTheEvent_AndIsNotReadOn()
    {
        var written = 0L;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endless = await WebhookReceiver.StartAsync(async (context, _) =>
        {
            var bytes = new byte[4096];
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
                    written += bytes.Length;
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                closed.TrySetResult();
            }
        });
        await using var app = await TestApp.StartAsync(WebhookApp.Telling([("bad", endless.Url)], Brief));
        await app.CreateDocumentAsync("notes");

        await closed.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await WebhookApp.UntilAsync(() => app.Logs.Lines.Any(line => line.EventId == ServerEventIds.WebhookDelivered));

        Assert.Single(endless.Requests);
        // beyond what is taken from the line, what the system keeps for two sockets: up to 32 MiB for the one that reads, where memory is plenty
        Assert.InRange(written, 0, WebhookSender.MaxAnswerBytes + (64 << 20));
    }

    [Fact]
    public async Task ReceiverThatSendsElsewhere_IsNotFollowed()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var redirecting = await WebhookReceiver.StartAsync((context, _) =>
        {
            context.Response.Redirect(elsewhere.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var app = await TestApp.StartAsync(WebhookApp.Telling([("bad", redirecting.Url)], Brief));
        await app.CreateDocumentAsync("notes");

        var letter = Assert.Single(await (await app.AdministratorAsync()).DeadLettersAsync(1));

        Assert.Equal("status 307", (string?)letter!["failure"]);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task HandlerOfTheApplicationThatFails_IsAFailureLikeAnother()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(WebhookApp.Telling([("bad", receiver.Url)], Brief) with
        {
            ConfigureServices = services => services.AddTransient<BrokenHandler>().AddHttpClient(WebhookSender.ClientName).AddHttpMessageHandler<BrokenHandler>(),
        });
        await app.CreateDocumentAsync("notes");

        var letter = Assert.Single(await (await app.AdministratorAsync()).DeadLettersAsync(1));

        Assert.Equal((nameof(NotSupportedException), 2), ((string?)letter!["failure"], (int)letter["attempts"]!));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task ReceiverThatIsNotThere_IsAFailureLikeAnother()
    {
        string gone;
        await using (var receiver = await WebhookReceiver.StartAsync())
            gone = receiver.Url;
        await using var app = await TestApp.StartAsync(WebhookApp.Telling([("bad", gone)], Brief));
        await app.CreateDocumentAsync("notes");

        Assert.Equal("ConnectionError", (string?)Assert.Single(await (await app.AdministratorAsync()).DeadLettersAsync(1))!["failure"]);
    }

    private sealed class BrokenHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException($"Not to {request.RequestUri}.");
    }
}
