namespace RealtimeCollab.OperationalTransform;

/// <summary>How the content of a document is written.</summary>
public enum ContentForm
{
    /// <summary>One string. Only documents without attributes and embeds have this form.</summary>
    Text,

    /// <summary>An array of inserts: strings, and objects where there are attributes or embeds.</summary>
    RichText,
}
