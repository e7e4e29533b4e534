using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>Opening a document with a long history that nobody has open, and what open documents take in memory.</summary>
internal static class Opening
{
    private const int Documents = 100;
    private const int Opens = 15;
    private const int EditsPerAppend = 1000;
    private const string Writer = "writer";

    public static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("realtimecollab-bench-");
        try
        {
            Console.WriteLine(await MeasureAsync(Path.Combine(data.FullName, "opening.db")));
            return 0;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(string path)
    {
        await using var services = new ServiceCollection().AddSqliteStorage($"Data Source={path}").BuildServiceProvider();
        var trace = EditingTrace.AutomergePaper();
        await using (var sessions = Sessions(services))
            await WriteAsync(services.GetRequiredService<IOperationLog>(), sessions, "paper", trace);

        var opened = new double[Opens];
        for (var i = 0; i < Opens; i++)
        {
            await using var sessions = Sessions(services);
            var start = Stopwatch.GetTimestamp();
            using var lease = await sessions.OpenAsync("paper", CancellationToken.None);
            var length = lease.Session.State.Document.Length;
            opened[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (length != trace.EndContent.Length)
                throw new InvalidOperationException($"The document has {length} code units instead of {trace.EndContent.Length}.");
        }

        var first = opened[0];
        Array.Sort(opened);
        var memory = new StringBuilder();
        foreach (var length in (int[])[1 << 10, 10 << 10, 100 << 10])
        {
            var (open, evicted) = await MeasureMemoryAsync(services, length);
            memory.AppendLine(
                CultureInfo.InvariantCulture,
                $"Memory of an idle open document of {length >> 10} KB: {open / 1024:F0} KB; after it left memory: {evicted / 1024:F1} KB.");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""

             Opening a document with {trace.Edits.Count:N0} edits of history from SQLite, that nobody has open: first {first:F1} ms, median {opened[Opens / 2]:F2} ms.
             {memory}
             """);
    }

    /// <summary>Every edit an entry of its own, and then a snapshot, as the last one to leave stores it.</summary>
    private static async Task WriteAsync(IOperationLog log, DocumentSessions sessions, string documentId, EditingTrace trace)
    {
        var document = Document(documentId);
        await log.CreateAsync(document, first: null, CancellationToken.None);
        var (length, revision) = (0, 0L);
        foreach (var edits in trace.Edits.Chunk(EditsPerAppend))
        {
            var entries = new List<LogEntry>();
            foreach (var edit in edits)
            {
                entries.Add(new LogEntry
                {
                    Revision = revision + entries.Count + 1,
                    ClientId = Writer,
                    UserId = Writer,
                    OperationId = (revision + entries.Count).ToString(CultureInfo.InvariantCulture),
                    Operation = TextOperation.Replace(length, edit.Position, edit.Deleted, edit.Inserted),
                    Timestamp = document.CreatedAt,
                });
                length += edit.Inserted.Length - edit.Deleted;
            }

            await log.AppendAsync(new AppendBatch(documentId, document.Incarnation, revision, entries), CancellationToken.None);
            revision += entries.Count;
        }

        (await sessions.OpenAsync(documentId, CancellationToken.None)).Dispose();
        await sessions.DrainAsync();
    }

    /// <summary>A text that came at once, and a few letters typed after it.</summary>
    private static async Task WriteAsync(IOperationLog log, NewDocument document, string text)
    {
        await log.CreateAsync(document, new NewEntry(Writer, "0", TextOperation.Replace(0, 0, 0, text)), CancellationToken.None);
        var typed = Enumerable.Range(0, 10).Select(letter => new LogEntry
        {
            Revision = letter + 2,
            ClientId = Writer,
            UserId = Writer,
            OperationId = (letter + 1).ToString(CultureInfo.InvariantCulture),
            Operation = TextOperation.Replace(text.Length + letter, text.Length + letter, 0, "x"),
            Timestamp = document.CreatedAt,
        });
        await log.AppendAsync(new AppendBatch(document.DocumentId, document.Incarnation, 1, [.. typed]), CancellationToken.None);
    }

    /// <summary>Bytes for each document while it is open and after it left memory.</summary>
    private static async Task<(double Open, double Evicted)> MeasureMemoryAsync(IServiceProvider services, int length)
    {
        const string Line = "The quick brown fox jumps over the lazy dog.\n";
        var text = string.Concat(Enumerable.Repeat(Line, (length / Line.Length) + 1))[..length];
        for (var i = 0; i < Documents; i++)
            await WriteAsync(services.GetRequiredService<IOperationLog>(), Document(IdleId(length, i)), text);

        // once before, for what the store keeps: its connections, its buffers
        await HoldOpenAsync(services, length);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var open = await HoldOpenAsync(services, length);
        return ((double)(open - before) / Documents, (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Documents);
    }

    /// <summary>Opens all, and lets them go again.</summary>
    /// <returns>The memory in use while they were open, in bytes.</returns>
    private static async Task<long> HoldOpenAsync(IServiceProvider services, int length)
    {
        await using var sessions = Sessions(services);
        for (var i = 0; i < Documents; i++)
            await sessions.OpenAsync(IdleId(length, i), CancellationToken.None);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string IdleId(int length, int number) => string.Create(CultureInfo.InvariantCulture, $"idle-{length}-{number}");

    private static NewDocument Document(string documentId) => new(documentId, documentId, ContentType.Text, Writer, TimeProvider.System.GetUtcNow());

    private static DocumentSessions Sessions(IServiceProvider services) => new(
        services.GetRequiredService<IOperationLog>(), services.GetRequiredService<ISnapshotStore>(), new NobodyListens(), new SessionOptions(), TimeProvider.System,
        NullLogger<DocumentSessions>.Instance);

    private sealed class NobodyListens : IDocumentEvents
    {
        public ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken) => default;

        public ValueTask SelectionsChangedAsync(string documentId, long revision, IReadOnlyList<RoomMember> members, CancellationToken cancellationToken) => default;

        public ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken) => default;

        public ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken) => default;

        public ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken) => default;
    }
}
