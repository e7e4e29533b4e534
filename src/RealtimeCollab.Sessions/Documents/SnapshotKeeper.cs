using System.Buffers;
using System.Text.Json;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>Stores the content now and then, outside the turn, so that the document opens without replaying its history.</summary>
internal sealed class SnapshotKeeper(DocumentHead head, long storedRevision, SessionServices services)
{
    /// <summary>Fewer revisions than this are quicker replayed than stored.</summary>
    private const int WorthStoringOnClose = 100;

    private long _storedRevision = storedRevision;
    private Task _saving = Task.CompletedTask;

    /// <summary>Called from the turn: starts a snapshot when one is due and none is being stored.</summary>
    public void Consider(SessionState state)
    {
        if (state.Revision - _storedRevision >= services.Options.SnapshotEveryRevisions && _saving.IsCompleted)
            _saving = SaveAsync(state);
    }

    /// <summary>Called after the last turn.</summary>
    public async Task FlushAsync(SessionState state)
    {
        await _saving;
        if (state.Revision - _storedRevision >= Math.Min(WorthStoringOnClose, services.Options.SnapshotEveryRevisions))
            await SaveAsync(state);
    }

    private async Task SaveAsync(SessionState state)
    {
        await Task.Yield();
        try
        {
            var content = new ArrayBufferWriter<byte>(state.Document.Length + 256);
            using (var writer = new Utf8JsonWriter(content))
                state.Document.WriteContentTo(writer, head.ContentType);
            await services.Snapshots.SaveAsync(
                new StoredSnapshot(head.DocumentId, head.Incarnation, state.Revision, content.WrittenMemory, services.Time.GetUtcNow()),
                services.Stopping);
            _storedRevision = state.Revision;
        }
        catch (Exception exception) when (exception is CollabException or OperationCanceledException)
        {
            // the log has it all: opening the document takes longer, and the next turn tries again
            SessionLog.SnapshotFailed(services.Logger, head.DocumentId, state.Revision, exception);
        }
    }
}
