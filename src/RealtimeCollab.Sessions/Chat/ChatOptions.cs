namespace RealtimeCollab.Sessions.Chat;

/// <summary>How chat rooms behave.</summary>
public sealed record ChatOptions
{
    /// <summary>Commands of one room that may wait or be under way; more are refused.</summary>
    public int MaxWaitingCommands { get; init; } = 2_000;

    /// <summary>Commands that one turn takes.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>How often a turn may lose the race against other nodes before its commands fail.</summary>
    public int MaxAppendConflicts { get; init; } = 32;

    /// <summary>How long commands wait for a store that fails before they are answered, whatever became of them.</summary>
    public TimeSpan StorePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages to the members of one room that may wait to be sent; beyond it they are dropped and clients refill the gap.</summary>
    public int OutboxCapacity { get; init; } = 1_024;

    /// <summary>How long a room stays in memory after its last member left.</summary>
    public TimeSpan EvictionGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a user counts as typing who does not say so again.</summary>
    public TimeSpan TypingTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often it is told again that a user is still typing, at the most.</summary>
    public TimeSpan TypingInterval { get; init; } = TimeSpan.FromSeconds(2);
}
