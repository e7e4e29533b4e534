using RealtimeCollab.Client.Connection;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Presence;

/// <summary>Hands the server's callbacks to the client.</summary>
internal sealed class PresenceCallbacks(
    ConnectionKeeper keeper,
    Action<IReadOnlyList<PresenceUser>> changed,
    Action<IReadOnlyList<PresenceUser>> online,
    Action<IReadOnlyList<PresenceUser>> offline) : IPresenceClient
{
    public Task Welcome(WelcomeMessage message) => Run(() => keeper.Greeted(message));

    public Task PresenceChanged(PresenceUsers message) => Run(() => changed(message.Users));

    public Task UserOnline(PresenceUsers message) => Run(() => online(message.Users));

    public Task UserOffline(PresenceUsers message) => Run(() => offline(message.Users));

    /// <summary>Every call of this client waits for its own result, which carries the same refusal.</summary>
    public Task Error(ErrorMessage message) => Task.CompletedTask;

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
