using System.Security.Cryptography;
using System.Text;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.Tests;

/// <summary>Documents and operations to store.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string NewId() => "doc-" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    public static NewDocument NewDocument(string? id = null, ContentType type = ContentType.Text) =>
        new(id ?? NewId(), RandomNumberGenerator.GetHexString(16), type, "ada", Noon);

    public static TextOperation Operation(string json) => TextOperation.ParseArray(Encoding.UTF8.GetBytes(json));

    /// <summary>Inserts one letter at the start of a document that has <paramref name="length"/> of them.</summary>
    public static TextOperation Letter(long length) => TextOperation.Replace((int)length, 0, 0, "x");

    public static LogEntry Entry(long revision, string? operationId = null, TextOperation? operation = null) => new()
    {
        Revision = revision,
        ClientId = "client-1",
        UserId = "ada",
        OperationId = operationId ?? $"operation-{revision}",
        Operation = operation ?? Letter(revision - 1),
        Timestamp = Noon.AddMilliseconds(revision),
    };

    /// <summary>The next entries of a document, one letter each.</summary>
    public static AppendBatch Batch(DocumentHead head, int entries = 1, string tag = "operation") => new(
        head.DocumentId,
        head.Incarnation,
        head.Revision,
        [.. Enumerable.Range(1, entries).Select(offset => Entry(head.Revision + offset, $"{tag}-{head.Revision + offset}"))]);

    public static StoredSnapshot Snapshot(DocumentHead head, long revision, string content = "\"text\"") =>
        new(head.DocumentId, head.Incarnation, revision, Encoding.UTF8.GetBytes(content), Noon);

    public static NamedVersion Version(DocumentHead head, long revision, string id, string name = "First draft") =>
        new(id, head.DocumentId, head.Incarnation, revision, name, "ada", Noon);

    public static async Task<DocumentHead> CreateAsync(this TestStore store, NewDocument? document = null) =>
        await store.Log.CreateAsync(document ?? NewDocument(), first: null, Cancellation);

    /// <summary>A document with that many entries.</summary>
    public static async Task<DocumentHead> CreateWithAsync(this TestStore store, int entries)
    {
        var head = await store.CreateAsync();
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Batch(head, entries), Cancellation));
        return await store.HeadAsync(head.DocumentId);
    }

    public static async Task<DocumentHead> HeadAsync(this TestStore store, string documentId) =>
        Assert.IsType<DocumentHead>(await store.Log.FindAsync(documentId, Cancellation));

    public static async Task<List<long>> RevisionsAsync(this TestStore store, string documentId, long after = 0, int limit = 1000) =>
        [.. (await store.Log.ReadAsync(documentId, after, limit, Cancellation)).Select(entry => entry.Revision)];
}
