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

    /// <summary>
    /// Asks what the actor may do, and who is to hear of it; refuses the command if nobody can tell. That an application fails for one
    /// author is not the others' concern.
    /// </summary>
    /// <exception cref="OperationCanceledException">The node stops.</exception>
    public async ValueTask AuthorizeAsync(string roomId, ChatServices services)
    {
        try
        {
            var answer = AskAsync(services.Stopping);
            if (answer.IsCompleted)
                await answer;
            else
                await answer.AsTask().WaitAsync(services.Options.StorePatience, services.Time, services.Stopping);
        }
        catch (CollabException refusal)
        {
            Refuse(refusal);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !services.Stopping.IsCancellationRequested)
        {
            // a cancellation too: it is the application's own, as of its HTTP client's time limit
            ChatLog.AuthorizationFailed(services.Logger, roomId, exception);
            Refuse(CollabException.OperationFailed());
        }
    }

    public void Complete(StoredMessage message) => _stored.TrySetResult(message);

    public void Refuse(CollabException reason) => _stored.TrySetException(reason);

    private async ValueTask AskAsync(CancellationToken cancellationToken)
    {
        var role = await actor.GetRoleAsync(cancellationToken);
        var readers = command.Mentions.Count > 0 ? await actor.WhoMayReadAsync(command.Mentions, cancellationToken) : [];
        (Role, Readers) = (role, readers);
    }
}
