namespace RealtimeCollab.OperationalTransform;

/// <summary>What a document may hold.</summary>
public enum ContentType
{
    /// <summary>Text alone: operations with attributes or embeds are refused.</summary>
    Text,

    /// <summary>Text with attributes, and embeds.</summary>
    RichText,
}
