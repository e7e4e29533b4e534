using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>What happened to a message.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Posted,

    /// <summary>It may have changed in any way: its content, its reactions.</summary>
    Edited,

    /// <summary>It was deleted.</summary>
    Deleted,

    /// <summary>Its reactions changed and nothing else.</summary>
    Reactions,
}

/// <summary>A change of a message that is stored.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Message">The message afterwards.</param>
public sealed record MessageChange(ChangeKind Kind, StoredMessage Message);
