using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Pacing;
using RealtimeCollab.LoadTester.Scenarios;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>Groups of people who see what each other are at.</summary>
internal sealed class WatcherCrowd(LoadContext context, double rate) : IAsyncDisposable
{
    private readonly Watcher[] _watchers =
        [.. Enumerable.Range(0, context.Plan.AllClients).Select(number => new Watcher(context.Client(number), context.Deployment))];

    private IEnumerable<IGrouping<int, Watcher>> Groups => _watchers.GroupBy(watcher => watcher.Identity.Number % context.Plan.Documents);

    /// <summary>Who does not see the last status of whom.</summary>
    private IEnumerable<(Watcher Watcher, Watcher Other)> Unseen => Groups.SelectMany(group => group.SelectMany(watcher => group
        .Where(other => other != watcher && watcher.LastSeenOf(other) != other.Told)
        .Select(other => (watcher, other))));

    /// <summary>Brings everybody in, over the ramp.</summary>
    /// <exception cref="LoadException">The server refuses, or several clients are one user.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var coming = new Queue<Watcher>(_watchers);
        try
        {
            await context.Schedule.RunAsync(
                OpenLoopSchedule.Even(coming.Count, context.Plan.Ramp), _ => coming.Dequeue().ConnectAsync(cancellationToken), cancellationToken);
            if (_watchers.Select(watcher => watcher.UserId).Distinct(StringComparer.Ordinal).Count() < _watchers.Length)
                throw new LoadException("Presence is a user's, so each client has to be a user of its own: pass as many --token as there are clients.");
            await Task.WhenAll(Groups.SelectMany(group => group.Select(watcher => watcher.WatchAsync(group.Where(other => other != watcher), cancellationToken))));
        }
        catch (CollabClientException refusal)
        {
            throw LoadException.CannotJoin("presence", refusal);
        }
    }

    /// <summary>Everybody changes their status at the rate, in an open loop; ends when everybody sees the last ones.</summary>
    public async Task TellAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await Task.WhenAll(_watchers.Select((watcher, number) => context.Schedule.RunAsync(
            OpenLoopSchedule.Irregular(rate, duration, context.Chances((3 * _watchers.Length) + number)), watcher.TellAsync, cancellationToken)));

        var time = context.Measurements.Time;
        var start = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (Unseen.Any() && time.GetElapsedTime(start) < context.Plan.Patience)
            await timer.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>Looks whether everybody sees the last status of everybody else in the group.</summary>
    public CheckResult Check() => CheckResult.Of(
        "Presence",
        $"In each of {context.Plan.Documents} groups everyone sees the last status of everyone else.",
        [.. Unseen.Select(pair => $"{pair.Watcher.UserId} does not see the last status of {pair.Other.UserId}.")]);

    public async ValueTask DisposeAsync() => await Task.WhenAll(_watchers.Select(watcher => watcher.DisposeAsync().AsTask()));
}
