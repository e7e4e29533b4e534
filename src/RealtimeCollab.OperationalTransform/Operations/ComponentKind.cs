namespace RealtimeCollab.OperationalTransform;

/// <summary>What a component does to the document.</summary>
public enum ComponentKind
{
    /// <summary>Keeps text; with attributes, formats it.</summary>
    Retain,

    /// <summary>Removes text and embeds.</summary>
    Delete,

    /// <summary>Inserts text.</summary>
    Insert,

    /// <summary>Inserts an embed, of length 1.</summary>
    InsertEmbed,
}
