using System.Runtime.InteropServices;

namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>Which messages of a room to read.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MessageRange
{
    private MessageRange(MessageOrder order, long bound) => (Order, Bound) = (order, bound);

    /// <summary>The last messages there are.</summary>
    public static MessageRange Latest => BeforeSequence(long.MaxValue);

    /// <summary>Where to begin, and in which direction.</summary>
    public MessageOrder Order { get; }

    /// <summary>The number before or after which the messages are.</summary>
    public long Bound { get; }

    /// <summary>The first messages after a place.</summary>
    public static MessageRange AfterSequence(long sequence) => new(MessageOrder.AfterSequence, sequence);

    /// <summary>The last messages before a place.</summary>
    public static MessageRange BeforeSequence(long sequence) => new(MessageOrder.BeforeSequence, sequence);

    /// <summary>The first messages that changed after a change, in the order of their changes.</summary>
    public static MessageRange AfterChange(long change) => new(MessageOrder.AfterChange, change);
}

/// <summary>Where a <see cref="MessageRange"/> begins.</summary>
public enum MessageOrder
{
    /// <summary>After a place.</summary>
    AfterSequence,

    /// <summary>Before a place.</summary>
    BeforeSequence,

    /// <summary>After a change.</summary>
    AfterChange,
}

/// <summary>Messages to find, each in one of three ways.</summary>
public sealed record MessageLookup
{
    /// <summary>By their ids.</summary>
    public IReadOnlyCollection<string> MessageIds { get; init; } = [];

    /// <summary>By their authors' names for them.</summary>
    public IReadOnlyCollection<SentMessageKey> Sent { get; init; } = [];

    /// <summary>By their places.</summary>
    public IReadOnlyCollection<long> Sequences { get; init; } = [];

    /// <summary>There is nothing to find.</summary>
    public bool IsEmpty => MessageIds.Count == 0 && Sent.Count == 0 && Sequences.Count == 0;
}
