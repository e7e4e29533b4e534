using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Presence;

/// <summary>The presence of one node, on a clock that stands still.</summary>
internal sealed class PresenceFixture : IDisposable
{
    public static readonly PresenceOptions Options = new();

    public PresenceFixture(ManualTime? time = null, PresenceOptions? options = null)
    {
        Time = time ?? new ManualTime();
        Tracker = new PresenceTracker(options ?? Options, Time, NullLogger<PresenceTracker>.Instance);
    }

    public ManualTime Time { get; }

    public PresenceTracker Tracker { get; }

    public PresenceConnection Connect(string user, string client, string? device = null) =>
        Tracker.Connect(new PresenceIdentity(user, user.ToUpperInvariant(), client, device));

    public UserPresence Get(string user) => Assert.Single(Tracker.Get([user]));

    public Availability StatusOf(string user) => Get(user).Status;

    public RecordingWatcher Watch(params string[] users)
    {
        var watcher = new RecordingWatcher(Tracker);
        watcher.Watcher.Watch(users, []);
        return watcher;
    }

    public RecordingWatcher WatchDocument(string documentId)
    {
        var watcher = new RecordingWatcher(Tracker);
        watcher.Watcher.Watch([], [documentId]);
        return watcher;
    }

    /// <summary>Goes on until watchers have heard of all there is.</summary>
    public void Settle() => Time.Advance(Options.BatchInterval);

    public void Dispose() => Tracker.Dispose();
}
