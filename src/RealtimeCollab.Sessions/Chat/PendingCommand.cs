using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>A command on its way through the room's turn.</summary>
internal sealed class PendingCommand(RoomCommand command, IRoomActor actor)
{
    // whoever waits goes on elsewhere: what follows a command must not hold the turn
    private readonly TaskCompletionSource<StoredMessage> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RoomCommand Command => command;

    public IRoomActor Actor => actor;

    /// <summary>What the actor may do, as it was when this turn began.</summary>
    public RoomRole Role { get; private set; }

    /// <summary>Those of the mentioned who may read the room.</summary>
    public IReadOnlyList<string> Readers { get; private set; } = [];

    /// <summary>The message as it is stored; fails with the refusal.</summary>
    public Task<StoredMessage> Stored => _stored.Task;

    public bool IsOver => _stored.Task.IsCompleted;

    /// <summary>Asks what the actor may do, and who is to hear of it; refuses the command if nobody can tell.</summary>
    public async ValueTask AuthorizeAsync(CancellationToken cancellationToken)
    {
        try
        {
            Role = await actor.GetRoleAsync(cancellationToken);
            if (command.Mentions.Count > 0)
                Readers = await actor.WhoMayReadAsync(command.Mentions, cancellationToken);
        }
        catch (CollabException refusal)
        {
            Refuse(refusal);
        }
    }

    public void Complete(StoredMessage message) => _stored.TrySetResult(message);

    public void Refuse(CollabException reason) => _stored.TrySetException(reason);
}
