using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Pacing;
using RealtimeCollab.LoadTester.Scenarios;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>The people of all chat rooms.</summary>
internal sealed class TalkerCrowd(LoadContext context, Func<int, string> roomId, double rate) : IAsyncDisposable
{
    private readonly Talker[] _talkers =
    [
        .. Enumerable.Range(0, context.Plan.AllClients)
            .Select(number => new Talker(context.Client(number), roomId(number % context.Plan.Documents), context.Deployment)),
    ];

    private IEnumerable<IGrouping<string, Talker>> Rooms => _talkers.GroupBy(talker => talker.RoomId, StringComparer.Ordinal);

    /// <summary>Brings everybody in, over the ramp.</summary>
    /// <param name="makesRooms">Whether the first of each room makes it for the others; else there is a document with its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ConnectAsync(bool makesRooms, CancellationToken cancellationToken)
    {
        var coming = new Queue<Talker>(_talkers);
        var evenly = OpenLoopSchedule.Even(coming.Count, context.Plan.Ramp);
        try
        {
            await context.Schedule.RunAsync(evenly, _ => coming.Dequeue().ConnectAsync(cancellationToken), cancellationToken);
            if (makesRooms)
                await Task.WhenAll(Rooms.Select(room => room.First().CreateRoomAsync([.. room.Select(talker => talker.UserId).Distinct(StringComparer.Ordinal)])));
            await Task.WhenAll(_talkers.Select(talker => talker.JoinAsync(cancellationToken)));
        }
        catch (CollabClientException refusal)
        {
            throw LoadException.CannotJoin("the chat rooms", refusal);
        }
    }

    /// <summary>Everybody talks at the rate, in an open loop; ends when all that was said is stored, and has come to everybody.</summary>
    public async Task TalkAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await Task.WhenAll(_talkers.Select((talker, number) => context.Schedule.RunAsync(
            OpenLoopSchedule.Irregular(rate, duration, context.Chances((2 * _talkers.Length) + number)), talker.SayAsync, cancellationToken)));
        await Task.WhenAll(Rooms.SelectMany(room => room.Select(talker => talker.WaitUntilReceivedAsync(SentTo(room), context.Plan.Patience, cancellationToken))));
    }

    /// <summary>Looks whether everybody in a room has every message of the room, once and in order.</summary>
    public CheckResult Check()
    {
        var violations = Rooms.SelectMany(room => room
            .Where(talker => talker.Received != SentTo(room) || !talker.IsInOrder)
            .Select(talker => $"{room.Key}: {talker.Identity.ClientId} has {talker.Received} of {SentTo(room)} messages{(talker.IsInOrder ? "" : ", not in order")}."));
        return CheckResult.Of("Messages", $"In each of {context.Plan.Documents} rooms everyone has every message once, in order.", [.. violations]);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_talkers.Select(talker => talker.DisposeAsync().AsTask()));

    private static long SentTo(IEnumerable<Talker> room) => room.Sum(talker => talker.Sent);
}
