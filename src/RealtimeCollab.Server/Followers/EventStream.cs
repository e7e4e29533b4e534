using Microsoft.AspNetCore.Http;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Followers;

/// <summary>
/// Writes a document's events into a response, in the order of the revisions, each once: what its <see cref="Follower"/> is given early
/// waits, what it lacks is read from the log.
/// </summary>
internal sealed class EventStream(HttpContext context, DocumentSession session, Follower follower, string clientId)
{
    private readonly CancellationToken _aborted = context.RequestAborted;
    private long _revision;

    /// <summary>Begins with what came after a revision, or with a snapshot. Ends with the follower, the right to read or the request.</summary>
    public async Task RunAsync(long? since)
    {
        var resume = await session.ResumeAsync(since, _aborted);
        if (resume.Snapshot is not null)
            await WriteSnapshotAsync(resume);
        else if (resume.Entries.Count > 0)
            await WriteAsync(EventText.Operations(session.DocumentId, resume.Entries).Bytes);
        _revision = resume.Revision;
        await foreach (var block in follower.ReadAllAsync(_aborted))
        {
            if (await follower.Grant.GetRoleAsync(_aborted) < DocumentRole.Viewer)
                return;
            await WriteAsync(block);
            follower.Taken(block);
        }
    }

    private async Task WriteAsync(EventBlock block)
    {
        // a lost last message shows no gap: whoever is quiet asks the session
        await FillAsync(block.HasOperations ? block.First - 1 : session.State.Revision);
        if (!block.HasOperations)
        {
            await WriteAsync(block.Bytes);
        }
        else if (block.Last > _revision)
        {
            await WriteAsync(block.After(_revision));
            _revision = block.Last;
        }
    }

    private async Task FillAsync(long upTo)
    {
        while (_revision < upTo)
        {
            try
            {
                var (missed, _) = await LogPages.ReadAsync(session, _revision, (int)Math.Min(LogPages.MaxOperations, upTo - _revision), _aborted);
                if (missed.Count == 0)
                    throw CollabException.DocumentNotFound(session.DocumentId);
                await WriteAsync(EventText.Operations(session.DocumentId, missed).Bytes);
                _revision = missed[^1].Revision;
            }
            catch (CollabException tooOld) when (tooOld.Error == CollabError.RevisionTooOld)
            {
                var whole = await session.ResumeAsync(sinceRevision: null, _aborted);
                await WriteSnapshotAsync(whole);
                _revision = whole.Revision;
            }
        }
    }

    private async Task WriteSnapshotAsync(ResumePoint resume)
    {
        follower.ExpectLargeAnswer(resume.Snapshot!.Document.Length);
        await WriteAsync(EventText.Snapshot(session.ToSnapshot(resume, await follower.Grant.GetRoleAsync(_aborted), readOnly: true, clientId)).Bytes);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await context.Response.BodyWriter.WriteAsync(bytes, _aborted);
}
