using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Watching;

namespace RealtimeCollab.Sessions.Tests.Presence;

/// <summary>A watcher that keeps what it hears.</summary>
internal sealed class RecordingWatcher
{
    public RecordingWatcher(PresenceTracker tracker) => Watcher = tracker.OpenWatcher(SendAsync);

    public PresenceWatcher Watcher { get; }

    public List<PresenceBatch> Batches { get; } = [];

    /// <summary>What becomes of a batch; by default it is taken at once.</summary>
    public Func<ValueTask> Sending { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>Each batch as <c>user=status</c>, with + and - for who came and went.</summary>
    public IEnumerable<string> Heard => Batches.Select(batch => string.Join(' ', batch.Changed.Select(user => Describe(batch, user))));

    /// <summary>What it knows of a user by now.</summary>
    public UserPresence? Latest(string user) =>
        Batches.SelectMany(batch => batch.Changed).LastOrDefault(changed => changed.UserId == user);

    private static string Describe(PresenceBatch batch, UserPresence user)
    {
        var mark = batch.CameOnline.Contains(user) ? "+" : batch.WentOffline.Contains(user) ? "-" : "";
        return $"{mark}{user.UserId}={user.Status}";
    }

    private async ValueTask SendAsync(PresenceBatch batch, CancellationToken cancellationToken)
    {
        await Sending();
        Batches.Add(batch);
    }
}
