namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Names the operation that wins where two concurrent ones meet: its inserts go to the left of the other's at the same place, and its attributes
/// stay where both set the same one on the same text. All sides of a document must break ties the same way; everything in this project takes
/// <see cref="A"/>, the operation that is later in the log.
/// </summary>
public enum TieBreak
{
    /// <summary>The first argument wins: the operation that is later in the log. On a client, the pending one.</summary>
    A,

    /// <summary>The second argument wins.</summary>
    B,
}
