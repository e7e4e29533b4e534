using System.Collections.Concurrent;
using System.Diagnostics;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>Collects the history of a run, and how far each client is. Safe for any thread.</summary>
internal sealed class RunRecorder
{
    private readonly ConcurrentDictionary<string, DocumentRecord> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RoomRecord> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ClientProgress> _progress = new(StringComparer.Ordinal);
    private long _submissions;
    private long _acknowledgements;
    private long _deliveries;

    public long Submissions => Volatile.Read(ref _submissions);

    public long Acknowledgements => Volatile.Read(ref _acknowledgements);

    public long Deliveries => Volatile.Read(ref _deliveries);

    public int Messages => _rooms.Values.Sum(room => room.AcknowledgedCount);

    public DocumentRecord Document(string documentId) => _documents.GetOrAdd(documentId, static id => new DocumentRecord(id));

    public RoomRecord Room(string roomId) => _rooms.GetOrAdd(roomId, static id => new RoomRecord(id));

    public ClientProgress Progress(string client) => _progress.GetOrAdd(client, static _ => new ClientProgress());

    public void Submitted(string client, SubmitOperationRequest request)
    {
        Interlocked.Increment(ref _submissions);
        Document(request.DocumentId).Submitted(client, request.OperationId);
    }

    public void Acknowledged(string client, SubmitOperationResult result)
    {
        Interlocked.Increment(ref _acknowledgements);
        if (Document(result.DocumentId).Acknowledged(client, result) is { } sentAt)
            Progress(client).Acknowledged(sentAt, Stopwatch.GetTimestamp());
    }

    public void Delivered(string client, string documentId, IReadOnlyList<CommittedOperation> entries)
    {
        Interlocked.Add(ref _deliveries, entries.Count);
        if (Document(documentId).Delivered(client, entries) is { } sentAt)
            Progress(client).SawOthers(sentAt);
    }

    public RunHistory ToHistory() =>
        new([.. _documents.Values.Select(document => document.ToHistory())], [.. _rooms.Values.Select(room => room.ToHistory())]);
}
