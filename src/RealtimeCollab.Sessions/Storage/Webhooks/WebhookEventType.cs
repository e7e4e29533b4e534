namespace RealtimeCollab.Sessions.Storage.Webhooks;

/// <summary>What an application can be told of. The numbers are stored.</summary>
public enum WebhookEventType
{
    /// <summary>A document was created, or created again over a deleted one.</summary>
    DocumentCreated = 0,

    /// <summary>A document was edited and came to rest, or has been edited for long.</summary>
    DocumentChanged = 1,

    /// <summary>A document was brought back to an earlier revision, by an operation; it is a change too.</summary>
    DocumentRestored = 2,

    /// <summary>A document was deleted.</summary>
    DocumentDeleted = 3,

    /// <summary>A message in a room mentions a user.</summary>
    UserMentioned = 4,
}

/// <summary>The events as they are named in settings and on the wire.</summary>
public static class WebhookEventNames
{
    private static readonly string[] Names = ["document.created", "document.changed", "document.restored", "document.deleted", "user.mentioned"];

    /// <summary>All names, by number.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of an event.</summary>
    public static string NameOf(WebhookEventType type) => Names[(int)type];

    /// <summary>The event of a name; false: there is none.</summary>
    public static bool TryParse(string? name, out WebhookEventType type)
    {
        var number = Array.IndexOf(Names, name);
        type = (WebhookEventType)Math.Max(number, 0);
        return number >= 0;
    }
}
