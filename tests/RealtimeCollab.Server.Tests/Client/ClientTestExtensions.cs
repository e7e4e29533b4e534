using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

internal static class ClientTestExtensions
{
    /// <summary>Short waits between attempts, so that a test with many cuts is quick.</summary>
    public static readonly CollabClientOptions Impatient = new()
    {
        Backoff = new RetryBackoff(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)),
        HeartbeatInterval = TimeSpan.FromMilliseconds(500),
        EchoPatience = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>A started client of a user.</summary>
    public static async Task<CollabClient> StartClientAsync(
        this TestApp app, string userId, Uri? through = null, AccessTokenPlacement placement = AccessTokenPlacement.Header, ILoggerFactory? logs = null,
        HubProtocolChoice protocol = HubProtocolChoice.MessagePack)
    {
        var token = await app.GetTokenAsync(userId);
        var client = CollabClient.Create(
            new CollabConnectionOptions
            {
                Server = through ?? app.Address,
                AccessToken = _ => ValueTask.FromResult<string?>(token),
                AccessTokenPlacement = placement,
                Protocol = protocol,
            },
            Impatient with { LoggerFactory = logs ?? NullLoggerFactory.Instance });
        await client.StartAsync(TestContext.Current.CancellationToken);
        return client;
    }

    public static Task<CollabDocument> EditAsync(this CollabClient client, string documentId) =>
        client.OpenAsync(documentId, options: null, TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);

    /// <summary>Who has the document open, but for the client itself.</summary>
    public static IReadOnlyList<Person> Others(this CollabDocument document) => [.. document.People.Where(person => !person.IsSelf)];

    /// <summary>Waits until the document has no pending edits and has seen a revision.</summary>
    public static Task SettleAsync(this CollabDocument document, long revision = 0) =>
        document.WaitUntilSynchronizedAsync(revision, TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);

    /// <summary>Waits until all of them have what any of them has.</summary>
    public static async Task SettleAsync(params CollabDocument[] documents)
    {
        foreach (var document in documents)
            await document.SettleAsync();

        var head = documents.Max(document => document.Revision);
        foreach (var document in documents)
            await document.SettleAsync(head);
    }

    /// <summary>Waits until an event has made a condition true.</summary>
    public static async Task UntilAsync(this CollabDocument document, Func<CollabDocument, bool> condition)
    {
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs change)
        {
            if (condition(document))
                happened.TrySetResult();
        }

        document.Changed += Look;
        document.StateChanged += Look;
        document.PeopleChanged += Look;
        Look(document, EventArgs.Empty);
        await happened.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
    }
}
