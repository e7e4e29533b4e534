namespace RealtimeCollab.Client.Tests.EditStores;

public sealed class FileEditStoreTests : EditStoreConformance, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("collab-edits-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Write_ThatWasCutOffAnywhere_LeavesTheRecordsBeforeIt()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
            await journal.AppendAsync([Bytes("one"), Bytes("two")], Cancellation);
        var file = DataFile();
        var whole = await File.ReadAllBytesAsync(file, Cancellation);

        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length], Cancellation);
            string[] expected = length >= whole.Length / 2 ? ["one"] : [];
            Assert.Equal(expected, await ReadAsync(store, "a"));
        }
    }

    [Fact]
    public async Task Write_AfterOneThatWasCutOff_IsReadableAgain()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
            await journal.AppendAsync([Bytes("one"), Bytes("two")], Cancellation);
        await using (var cut = new FileStream(DataFile(), FileMode.Open))
            cut.SetLength(cut.Length - 1);

        await using (var journal = await store.OpenAsync("a", Cancellation))
        {
            await journal.ReadAsync(Cancellation);
            await journal.AppendAsync([Bytes("three")], Cancellation);
        }

        Assert.Equal(["one", "three"], await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task Byte_ThatTheDiskChanged_EndsTheReadingThere()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
            await journal.AppendAsync([Bytes("one"), Bytes("two"), Bytes("three")], Cancellation);
        var file = DataFile();
        var whole = await File.ReadAllBytesAsync(file, Cancellation);

        // the first record takes 15 bytes; the length, the hash and the content of the second follow
        for (var changed = 15; changed < 30; changed++)
        {
            var bytes = whole.ToArray();
            bytes[changed] ^= 0x55;
            await File.WriteAllBytesAsync(file, bytes, Cancellation);
            Assert.Equal(["one"], await ReadAsync(store, "a"));
        }
    }

    [Fact]
    public async Task Replacing_ThatWasCutOffBeforeTheRename_LeavesTheOldRecords()
    {
        var store = Store();
        await using (var journal = await store.OpenAsync("a", Cancellation))
            await journal.AppendAsync([Bytes("old")], Cancellation);
        await File.WriteAllBytesAsync($"{DataFile()}.next", new byte[7], Cancellation);

        Assert.Equal(["old"], await ReadAsync(store, "a"));
        await using (var journal = await store.OpenAsync("a", Cancellation))
            await journal.ReplaceAsync(Bytes("new"), Cancellation);

        Assert.Equal(["new"], await ReadAsync(store, "a"));
    }

    protected override IEditStore Store() => new FileEditStore(Path.Combine(_folder.FullName, "edits"));

    private string DataFile() =>
        Directory.GetFiles(Path.Combine(_folder.FullName, "edits")).Single(file => !file.EndsWith(".lock", StringComparison.Ordinal));
}
