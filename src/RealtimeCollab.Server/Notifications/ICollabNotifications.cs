namespace RealtimeCollab.Server.Notifications;

/// <summary>Through which an application tells its users something, on whichever node they are connected.</summary>
public interface ICollabNotifications
{
    /// <summary>
    /// Stores a notification for each of the users, until they acknowledge it, and tells those who are connected to the chat hub.
    /// </summary>
    /// <param name="userIds">For whom; each once.</param>
    /// <param name="text">What it says, 1 to <see cref="Protocol.ServerLimits.MaxMessageLength"/> UTF-16 code units.</param>
    /// <param name="type">What the application calls it: 1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>, not <c>mention</c>.</param>
    /// <param name="cancellationToken">Gives up; what became of it is unknown then.</param>
    /// <exception cref="Sessions.CollabException">An argument is malformed, or the store does not answer.</exception>
    Task NotifyAsync(IReadOnlyCollection<string> userIds, string text, string type = "info", CancellationToken cancellationToken = default);

    /// <summary>Tells everyone who is connected to the chat hub. It is not stored: who comes later does not hear of it.</summary>
    /// <param name="text">What it says, 1 to <see cref="Protocol.ServerLimits.MaxMessageLength"/> UTF-16 code units.</param>
    /// <param name="type">What the application calls it, as above.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The broadcast's id.</returns>
    /// <exception cref="Sessions.CollabException">An argument is malformed.</exception>
    Task<string> BroadcastAsync(string text, string type = "info", CancellationToken cancellationToken = default);
}
