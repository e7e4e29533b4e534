using System.Collections.Concurrent;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Tests.Support;

/// <summary>Keeps what the members of a document would have heard.</summary>
internal sealed class RecordingEvents : IDocumentEvents
{
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly SemaphoreSlim _signal = new(0);

    /// <summary>Each message as a line, in order.</summary>
    public IReadOnlyList<string> Heard => [.. _heard];

    /// <summary>Runs before each message counts as heard.</summary>
    public Func<Task>? BeforeEach { get; set; }

    public ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken) =>
        HearAsync($"operations {string.Join(' ', entries.Select(entry => $"{entry.Revision}:{entry.OperationId}"))}");

    public ValueTask SelectionsChangedAsync(
        string documentId, long revision, IReadOnlyList<RoomMember> members, CancellationToken cancellationToken) =>
        HearAsync($"selections@{revision} {string.Join(' ', members.Select(Describe))}");

    public ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        HearAsync($"joined {member.ClientId} {(member.IsReading ? "r" : "")}{(member.IsEditing ? "w" : "")}");

    public ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken) =>
        HearAsync($"left {member.ClientId}");

    public ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken) =>
        HearAsync($"room {session.Room.ReaderCount} readers {session.Room.WriterCount} writers");

    /// <summary>Waits until this many messages were heard in all.</summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(int count)
    {
        while (_heard.Count < count)
            Assert.True(await _signal.WaitAsync(TimeSpan.FromSeconds(30)), $"Only {_heard.Count} of {count} messages came.");
        return Heard;
    }

    /// <summary>Waits until so many messages of a kind were heard, and gives all of that kind.</summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(string kind, int count)
    {
        while (true)
        {
            var heard = Heard.Where(line => line.StartsWith(kind, StringComparison.Ordinal)).ToList();
            if (heard.Count >= count)
                return heard;
            Assert.True(await _signal.WaitAsync(TimeSpan.FromSeconds(30)), $"Only {heard.Count} of {count} messages of {kind} came.");
        }
    }

    private static string Describe(RoomMember member) =>
        $"{member.ClientId}={(member.Selection is { } selection ? string.Join(',', selection.Ranges.Select(range => $"{range.Anchor}-{range.Head}")) : "none")}";

    private async ValueTask HearAsync(string message)
    {
        if (BeforeEach is { } before)
            await before();
        _heard.Enqueue(message);
        _signal.Release();
    }
}
