using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// Lets go of history that lies beyond every horizon that is set. Clients older than what is left get
/// <see cref="CollabError.RevisionTooOld"/>; named versions keep their content.
/// </summary>
internal sealed class Compactor(DocumentHead head, SessionServices services)
{
    private long _horizon = head.Horizon;

    /// <summary>Called when there is a snapshot of this revision.</summary>
    public async ValueTask CompactAsync(long snapshotRevision)
    {
        if (services.Options is { HistoryHorizon: null, HistoryAge: null })
            return;
        var horizon = snapshotRevision - (services.Options.HistoryHorizon ?? 0);
        if (horizon <= _horizon || await services.Log.FindAsync(head.DocumentId, services.Stopping) is not { } current)
            return;
        // another node may have compacted meanwhile
        _horizon = Math.Max(_horizon, current.Horizon);
        if (services.Options.HistoryAge is { } age && horizon > _horizon)
            horizon = await FindLastOlderThanAsync(services.Time.GetUtcNow() - age, horizon);
        if (horizon <= _horizon)
            return;
        // cut where a snapshot stands: every revision from there on can still be read
        var snapshot = await services.Snapshots.FindAsync(head.DocumentId, head.Incarnation, horizon, services.Stopping);
        if (snapshot?.Revision > _horizon)
            _horizon = await services.Snapshots.CompactAsync(head.DocumentId, head.Incarnation, snapshot.Revision, services.Stopping);
    }

    /// <summary>The last revision up to <paramref name="upTo"/> that is older than a time: timestamps grow with revisions, but for clocks that differ between nodes.</summary>
    private async ValueTask<long> FindLastOlderThanAsync(DateTimeOffset time, long upTo)
    {
        var (older, younger) = (_horizon, upTo + 1);
        while (younger - older > 1)
        {
            var middle = older + ((younger - older) / 2);
            var entries = await services.Log.ReadAsync(head.DocumentId, middle - 1, 1, services.Stopping);
            if (entries.Count > 0 && entries[0].Timestamp < time)
                older = middle;
            else
                younger = middle;
        }

        return older;
    }
}
