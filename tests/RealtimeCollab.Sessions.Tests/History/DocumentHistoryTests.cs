using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.History;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.History;

public sealed class DocumentHistoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(21)]
    public async Task Read_AtAnyRevision_GivesTheContentOfThatTime(long revision)
    {
        await using var fixture = new SessionFixture(new SessionOptions { SnapshotEveryRevisions = 6 });
        using var lease = await TypeAsync(fixture, 20);

        var state = await History(fixture).ReadAsync(Doc, revision, Cancellation);

        Assert.Equal(ContentAt(revision), state.Document.ToString());
        Assert.Equal(revision, state.Revision);
    }

    [Fact]
    public async Task Read_OutsideTheHistory_IsRefused()
    {
        await using var fixture = new SessionFixture();
        using var lease = await TypeAsync(fixture, 3);
        var history = History(fixture);

        await RefusedAsync(history.ReadAsync(Doc, 5, Cancellation).AsTask(), CollabError.RevisionAhead);
        await RefusedAsync(history.ReadAsync(Doc, -1, Cancellation).AsTask(), CollabError.RevisionTooOld);
        await RefusedAsync(history.ReadAsync("other", 0, Cancellation).AsTask(), CollabError.DocumentNotFound);
    }

    [Fact]
    public async Task Restore_ToAnOldRevision_IsANewOperationAndKeepsHistory()
    {
        await using var fixture = new SessionFixture();
        using var lease = await TypeAsync(fixture, 5);
        var history = History(fixture);
        var restoration = new Restoration(Revision: 3, BaseRevision: 6, "client", "grace", "restore");

        Assert.Equal(7, await history.RestoreAsync(lease.Session, restoration, Cancellation));
        Assert.Equal(7, await history.RestoreAsync(lease.Session, restoration, Cancellation));

        Assert.Equal(ContentAt(3), lease.Session.State.Document.ToString());
        Assert.Equal(ContentAt(6), (await history.ReadAsync(Doc, 6, Cancellation)).Document.ToString());
    }

    [Fact]
    public async Task Restore_BesideAnEdit_KeepsTheEdit()
    {
        await using var fixture = new SessionFixture();
        using var lease = await TypeAsync(fixture, 5);
        await lease.Session.SubmitAsync(Edit(6, """["new "]""", "edit", "joan"));

        await History(fixture).RestoreAsync(lease.Session, new Restoration(3, 6, "client", "grace", "restore"), Cancellation);

        Assert.Equal("new " + ContentAt(3), lease.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Compaction_BeyondTheHorizon_SparesNamedVersionsAndTheHead()
    {
        await using var fixture = new SessionFixture(new SessionOptions { SnapshotEveryRevisions = 5, HistoryHorizon = 10, RecentOperations = 4 });
        var history = History(fixture);
        using var lease = await TypeAsync(fixture, 4);
        await history.NameAsync(new NewVersion("v1", Doc, 3, "first draft", "ada"), Cancellation);
        var revision = await TypeUntilAsync(fixture, lease.Session, 5, reached => reached > 3);

        Assert.Equal(ContentAt(3), (await history.ReadAsync(Doc, 3, Cancellation)).Document.ToString());
        Assert.Equal("first draft", Assert.Single(await history.ListAsync(Doc, Cancellation)).Name);
        await RefusedAsync(history.ReadAsync(Doc, 2, Cancellation).AsTask(), CollabError.RevisionTooOld);
        await RefusedAsync(lease.Session.ReadAsync(1, 10, Cancellation).AsTask(), CollabError.RevisionTooOld);
        await RefusedAsync(lease.Session.SubmitAsync(Edit(1, """["late"]""", "late")), CollabError.RevisionTooOld);

        await fixture.RestartAsync();
        using var again = await fixture.OpenAsync();
        Assert.Equal(ContentAt(revision), again.Session.State.Document.ToString());
    }

    [Fact]
    public async Task Compaction_ByAge_KeepsWhatIsYoung()
    {
        await using var fixture = new SessionFixture(new SessionOptions { SnapshotEveryRevisions = 5, HistoryAge = TimeSpan.FromDays(30), RecentOperations = 4 });
        (await TypeAsync(fixture, 9)).Dispose();
        // closing stores what is worth it: now there is a snapshot of the first ten revisions
        await fixture.RestartAsync();
        fixture.Time.Advance(TimeSpan.FromDays(31));
        using var lease = await fixture.OpenAsync();

        var head = await TypeUntilAsync(fixture, lease.Session, 10, horizon => horizon == 10);
        Assert.Equal(ContentAt(12), (await History(fixture).ReadAsync(Doc, 12, Cancellation)).Document.ToString());
    }

    private static DocumentHistory History(SessionFixture fixture) => new(fixture.Log, fixture.Store, fixture.Store, fixture.Time);

    /// <summary>The document starts as "." and each revision puts a letter in front of it.</summary>
    private static string ContentAt(long revision) =>
        revision == 0 ? "" : string.Concat(Enumerable.Range(1, (int)revision - 1).Reverse().Select(i => (char)('a' + (i % 26)))) + ".";

    private static async Task<Lease<DocumentSession>> TypeAsync(SessionFixture fixture, int edits)
    {
        var lease = await fixture.OpenAsync(".");
        await TypeMoreAsync(lease.Session, 1, edits);
        return lease;
    }

    /// <summary>Snapshots are stored beside the turn: types until compaction has come so far, and returns the revision then.</summary>
    private static async Task<long> TypeUntilAsync(SessionFixture fixture, DocumentSession session, int from, Func<long, bool> reached)
    {
        var next = from;
        while (!reached((await fixture.Store.FindAsync(Doc, Cancellation))!.Horizon))
        {
            Assert.True(next < 10_000, "History is never compacted.");
            await TypeMoreAsync(session, next, next);
            next++;
            // behind the snapshot in the thread pool's queue: typing alone could keep a thread to itself
            await Task.Yield();
        }

        return next;
    }

    private static async Task TypeMoreAsync(DocumentSession session, int from, int to)
    {
        for (var i = from; i <= to; i++)
            await session.SubmitAsync(Edit(i, $"[\"{(char)('a' + (i % 26))}\"]", $"op{i}"));
    }
}
