using System.Text;

namespace RealtimeCollab.Client.Tests.EditStores;

/// <summary>What every edit store promises.</summary>
public abstract class EditStoreConformance
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Journal_OfANewDocument_IsEmpty()
    {
        await using var journal = await Store().OpenAsync("a", Cancellation);

        Assert.Empty(await journal.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Records_AreThereAgainInTheirOrder()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
        {
            await journal.ReplaceAsync(Bytes("zero"), Cancellation);
            await journal.AppendAsync([Bytes("one"), Bytes("two")], Cancellation);
            await journal.AppendAsync([Bytes("three")], Cancellation);
        }

        Assert.Equal(["zero", "one", "two", "three"], await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task Replacing_PutsOneRecordInThePlaceOfAll_AndMoreFollow()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
        {
            await journal.AppendAsync([Bytes("one"), Bytes("a much longer second record")], Cancellation);
            await journal.ReplaceAsync(Bytes("new"), Cancellation);
            await journal.AppendAsync([Bytes("next")], Cancellation);
        }

        Assert.Equal(["new", "next"], await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task Appending_AfterReading_GoesOnBehindWhatIsThere()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
            await journal.AppendAsync([Bytes("one")], Cancellation);
        await using (var journal = await store.OpenAsync("a", Cancellation))
        {
            await journal.ReadAsync(Cancellation);
            await journal.AppendAsync([Bytes("two")], Cancellation);
        }

        Assert.Equal(["one", "two"], await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task Clearing_RemovesAll()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
        {
            await journal.AppendAsync([Bytes("one")], Cancellation);
            await journal.ClearAsync(Cancellation);
        }

        Assert.Empty(await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task Documents_WhoseIdsDifferInCaseOnly_AreKeptApart()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
            await journal.AppendAsync([Bytes("lower")], Cancellation);
        await using (var journal = await store.OpenAsync("A", Cancellation))
            await journal.AppendAsync([Bytes("upper")], Cancellation);

        Assert.Equal(["lower"], await ReadAsync(store, "a"));
        Assert.Equal(["upper"], await ReadAsync(store, "A"));
    }

    [Fact]
    public async Task Journal_ThatIsOpen_IsNotOpenedAgain()
    {
        var store = Store();
        await using (await store.OpenAsync("a", Cancellation))
            await Assert.ThrowsAnyAsync<IOException>(async () => await store.OpenAsync("a", Cancellation));

        Assert.Empty(await ReadAsync(store, "a"));
    }

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static async Task<IReadOnlyList<string>> ReadAsync(IEditStore store, string documentId)
    {
        await using var journal = await store.OpenAsync(documentId, Cancellation);
        return [.. (await journal.ReadAsync(Cancellation)).Select(record => Encoding.UTF8.GetString(record.Span))];
    }

    protected abstract IEditStore Store();
}
