using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Support;

/// <summary>Sessions over a memory store that can fail, on a clock that stands still.</summary>
internal sealed class SessionFixture : IAsyncDisposable
{
    public const string Doc = "doc";

    private readonly SessionOptions _options;

    public SessionFixture(SessionOptions? options = null)
    {
        _options = options ?? new SessionOptions();
        Log = new FaultyLog(Store);
        Sessions = NewNode();
    }

    public MemoryStore Store { get; } = new();

    public FaultyLog Log { get; }

    public RecordingEvents Events { get; } = new();

    public ManualTime Time { get; } = new();

    public DocumentSessions Sessions { get; private set; }

    public static Submission Edit(long baseRevision, string operation, string id, string user = "ada", string? connectionId = null, Selection? selection = null) => new()
    {
        ClientId = user + "-client",
        UserId = user,
        OperationId = id,
        BaseRevision = baseRevision,
        Operation = TextOperation.Parse(System.Text.Encoding.UTF8.GetBytes(operation)),
        ConnectionId = connectionId,
        Selection = selection,
    };

    /// <summary>Opens the document, and creates it if there is none.</summary>
    public async Task<Lease<DocumentSession>> OpenAsync(string text = "", ContentType contentType = ContentType.Text)
    {
        var document = new NewDocument(Doc, "incarnation", contentType, "owner", Time.GetUtcNow());
        var first = text.Length == 0 ? null : new NewEntry("owner-client", "first", TextOperation.Replace(0, 0, 0, text));
        return await Sessions.OpenOrCreateAsync(document, first, TestContext.Current.CancellationToken);
    }

    /// <summary>Puts entries into the log behind the session's back, as another node does.</summary>
    public async Task AppendElsewhereAsync(long expectedRevision, params string[] operations)
    {
        var entries = operations.Select((operation, index) => new LogEntry
        {
            Revision = expectedRevision + 1 + index,
            ClientId = "far-client",
            UserId = "far",
            OperationId = $"far{expectedRevision + 1 + index}",
            Operation = TextOperation.Parse(System.Text.Encoding.UTF8.GetBytes(operation)),
            Timestamp = Time.GetUtcNow(),
        }).ToList();
        var outcome = await Store.AppendAsync(new AppendBatch(Doc, "incarnation", expectedRevision, entries), TestContext.Current.CancellationToken);
        Assert.Equal(AppendOutcome.Appended, outcome);
    }

    /// <summary>Stops in good order, and starts with nothing in memory.</summary>
    public async Task RestartAsync()
    {
        await Sessions.DrainAsync();
        await Sessions.DisposeAsync();
        Sessions = NewNode();
    }

    public static async Task<CollabException> RefusedAsync(Task submission, CollabError error)
    {
        var refusal = await Assert.ThrowsAsync<CollabException>(() => submission.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(error, refusal.Error);
        return refusal;
    }

    public async ValueTask DisposeAsync() => await Sessions.DisposeAsync();

    private DocumentSessions NewNode() => new(Log, Store, Events, _options, Time, NullLogger<DocumentSessions>.Instance);
}
