namespace RealtimeCollab.Server.Configuration;

/// <summary>How the application's hooks are called; settings of the section <c>RealtimeCollab:Hooks</c>.</summary>
public sealed class HookOptions
{
    /// <summary>How long one call of a hook may take; what is not answered by then has failed. From a millisecond to a minute.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Batches of committed operations that may wait for commit hooks; from 1. More are dropped and counted, as are those beyond 32 MiB.</summary>
    public int CommitQueueLength { get; set; } = 1024;
}
