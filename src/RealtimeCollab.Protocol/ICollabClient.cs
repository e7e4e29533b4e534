namespace RealtimeCollab.Protocol;

/// <summary>What the server calls on clients of every hub.</summary>
public interface ICollabClient
{
    /// <summary>The connection is accepted; the first callback.</summary>
    Task Welcome(WelcomeMessage message);

    /// <summary>A call was refused.</summary>
    Task Error(ErrorMessage message);
}
