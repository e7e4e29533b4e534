using System.Buffers;
using System.Text.Json;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// Stores the content now and then, outside the turn, so that the document opens without replaying its history, and lets go of
/// history beyond the horizon.
/// </summary>
internal sealed class SnapshotKeeper(DocumentHead head, long storedRevision, SessionServices services)
{
    /// <summary>Fewer revisions than this are quicker replayed than stored.</summary>
    private const int WorthStoringOnClose = 100;

    /// <summary>Storing a document takes about as much room as this share of its length in log entries.</summary>
    private const int LengthForOneRevision = 256;

    private readonly Compactor _compactor = new(head, services);
    private long _storedRevision = storedRevision;
    private Task _saving = Task.CompletedTask;

    /// <summary>Called from the turn: starts a snapshot when one is due and none is being stored.</summary>
    public void Consider(SessionState state)
    {
        var due = Math.Max(services.Options.SnapshotEveryRevisions, state.Document.Length / LengthForOneRevision);
        if (state.Revision - _storedRevision >= due && _saving.IsCompleted)
            _saving = SaveAsync(state);
    }

    /// <summary>Called after the last turn.</summary>
    public async Task FlushAsync(SessionState state)
    {
        await _saving;
        if (state.Revision - _storedRevision >= Math.Min(WorthStoringOnClose, services.Options.SnapshotEveryRevisions))
            await SaveAsync(state);
    }

    /// <summary>The content as a snapshot.</summary>
    public static StoredSnapshot Write(DocumentHead head, SessionState state, DateTimeOffset now)
    {
        var content = new ArrayBufferWriter<byte>(state.Document.Length + 256);
        using (var writer = new Utf8JsonWriter(content))
            state.Document.WriteContentTo(writer, head.ContentType);
        return new StoredSnapshot(head.DocumentId, head.Incarnation, state.Revision, content.WrittenMemory, now);
    }

    private async Task SaveAsync(SessionState state)
    {
        await Task.Yield();
        try
        {
            await services.Snapshots.SaveAsync(Write(head, state, services.Time.GetUtcNow()), services.Stopping);
            _storedRevision = state.Revision;
            await _compactor.CompactAsync(state.Revision);
        }
        catch (Exception exception) when (exception is CollabException or OperationCanceledException)
        {
            // the log has it all: opening the document takes longer, and the next turn tries again
            SessionLog.SnapshotFailed(services.Logger, head.DocumentId, state.Revision, exception);
        }
    }
}
