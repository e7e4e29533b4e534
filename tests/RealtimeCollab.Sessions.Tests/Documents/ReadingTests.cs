using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

public sealed class ReadingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 100, 11)]
    [InlineData(0, 3, 3)]
    [InlineData(9, 100, 2)]
    [InlineData(11, 100, 0)]
    public async Task Read_FromMemoryOrLog_GivesConsecutiveRevisions(long after, int limit, int expected)
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentOperations = 4 });
        using var lease = await OpenWithHistoryAsync(fixture);

        var entries = await lease.Session.ReadAsync(after, limit, Cancellation);

        Assert.Equal(Enumerable.Range(1, expected).Select(i => after + i), entries.Select(entry => entry.Revision));
    }

    [Fact]
    public async Task Read_OfLargeOperations_KeepsLittleInMemory()
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentWeight = 25 });
        using var lease = await fixture.OpenAsync("x");
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["0123456789"]""", $"op{i}"));
        var reads = fixture.Log.Reads;

        Assert.Equal([10L, 11], (await lease.Session.ReadAsync(9, 100, Cancellation)).Select(entry => entry.Revision));
        Assert.Equal(reads, fixture.Log.Reads);
        Assert.Equal([9L, 10, 11], (await lease.Session.ReadAsync(8, 100, Cancellation)).Select(entry => entry.Revision));
        Assert.Equal(reads + 1, fixture.Log.Reads);
    }

    [Theory]
    [InlineData("""[{"retain":1,"attributes":{"a":"012345678{0}"}}]""")]
    [InlineData("""[{"insert":{"image":"01234567{0}"}}]""")]
    public async Task Read_OfOperationsWithLargeFormats_KeepsLittleInMemory(string operation)
    {
        await using var fixture = new SessionFixture(new SessionOptions { RecentWeight = 45 });
        using var lease = await fixture.OpenAsync("x", ContentType.RichText);
        for (var i = 1; i <= 9; i++)
            await lease.Session.SubmitAsync(Edit(i, operation.Replace("{0}", $"{i}", StringComparison.Ordinal), $"op{i}"));
        var reads = fixture.Log.Reads;

        Assert.Equal([9L, 10], (await lease.Session.ReadAsync(8, 100, Cancellation)).Select(entry => entry.Revision));
        Assert.Equal(reads, fixture.Log.Reads);
        Assert.Equal([8L, 9, 10], (await lease.Session.ReadAsync(7, 100, Cancellation)).Select(entry => entry.Revision));
        Assert.Equal(reads + 1, fixture.Log.Reads);
    }

    [Fact]
    public async Task Read_OutsideTheHistory_IsRefused()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithHistoryAsync(fixture);

        await RefusedAsync(lease.Session.ReadAsync(12, 1, Cancellation).AsTask(), CollabError.RevisionAhead);
        await RefusedAsync(lease.Session.ReadAsync(-1, 1, Cancellation).AsTask(), CollabError.InvalidRequest);
    }

    [Fact]
    public async Task Resume_WithAShortGap_GivesTheEntries()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithHistoryAsync(fixture);

        var resume = await lease.Session.ResumeAsync(8, Cancellation);

        Assert.Null(resume.Snapshot);
        Assert.Equal([9L, 10, 11], resume.Entries.Select(entry => entry.Revision));
        Assert.Equal(11, resume.Revision);
    }

    [Fact]
    public async Task Resume_AtTheHead_GivesNothing()
    {
        await using var fixture = new SessionFixture();
        using var lease = await OpenWithHistoryAsync(fixture);

        var resume = await lease.Session.ResumeAsync(11, Cancellation);

        Assert.Null(resume.Snapshot);
        Assert.Empty(resume.Entries);
        Assert.Equal(11, resume.Revision);
    }

    [Fact]
    public async Task Resume_OverMoreTextThanTheDocumentHas_GivesTheSnapshot()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("x");
        await lease.Session.SubmitAsync(Edit(1, $"[\"{new string('y', 5_000)}\",1]", "paste"));
        await lease.Session.SubmitAsync(Edit(2, "[-5000,1]", "cut"));

        var resume = await lease.Session.ResumeAsync(1, Cancellation);

        Assert.Equal("x", resume.Snapshot!.Document.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2L)]
    [InlineData(12L)]
    [InlineData(-1L)]
    public async Task Resume_WithoutOrFarFromTheHead_GivesTheSnapshot(long? since)
    {
        await using var fixture = new SessionFixture(new SessionOptions { MaxResumeEntries = 5 });
        using var lease = await OpenWithHistoryAsync(fixture);

        var resume = await lease.Session.ResumeAsync(since, Cancellation);

        Assert.Equal("yyyyyyyyyyx", resume.Snapshot!.Document.ToString());
        Assert.Empty(resume.Entries);
        Assert.Equal(11, resume.Revision);
    }

    private static async Task<Lease<DocumentSession>> OpenWithHistoryAsync(SessionFixture fixture)
    {
        var lease = await fixture.OpenAsync("x");
        for (var i = 1; i <= 10; i++)
            await lease.Session.SubmitAsync(Edit(i, """["y"]""", $"op{i}"));
        return lease;
    }
}
