namespace RealtimeCollab.OperationalTransform;

/// <content>Compose, transform, invert. All are pure; their cost is the number of components of both operations together.</content>
public sealed partial class TextOperation
{
    /// <summary>One operation that does what this one and then <paramref name="next"/> do.</summary>
    /// <param name="next">An operation for the document that this one leaves.</param>
    /// <exception cref="OperationException">The lengths do not fit, or <paramref name="next"/> cuts a surrogate pair that this one inserts.</exception>
    public TextOperation Compose(TextOperation next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return Composition.Compose(this, next);
    }

    /// <summary>
    /// Carries two concurrent operations over one another, so that both orders lead to the same document:
    /// a, then B, does what b, then A, does (TP1).
    /// </summary>
    /// <param name="a">The operation that is later in the log; on a client, the pending one.</param>
    /// <param name="b">The operation that is earlier in the log; on a client, the server's.</param>
    /// <param name="winner">Whose insert goes to the left at the same place, and whose attributes stay.</param>
    /// <returns>A is a carried over b, B is b carried over a.</returns>
    /// <exception cref="OperationException">The two are made for documents of different length.</exception>
    public static (TextOperation A, TextOperation B) Transform(TextOperation a, TextOperation b, TieBreak winner = TieBreak.A)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return (Transformation.Carry(a, b, wins: winner == TieBreak.A), Transformation.Carry(b, a, wins: winner == TieBreak.B));
    }

    /// <summary>This operation carried over one that was committed before it: the first half of <see cref="Transform"/>, this one being a.</summary>
    /// <param name="committed">An operation for the same document, earlier in the log.</param>
    /// <exception cref="OperationException">The two are made for documents of different length.</exception>
    public TextOperation TransformOver(TextOperation committed)
    {
        ArgumentNullException.ThrowIfNull(committed);
        return Transformation.Carry(this, committed, wins: true);
    }

    /// <summary>This committed operation as it acts on a document that already has a pending one: the second half of <see cref="Transform"/>, this one being b.</summary>
    /// <param name="pending">An operation for the same document, later in the log or not in it yet.</param>
    /// <exception cref="OperationException">The two are made for documents of different length.</exception>
    public TextOperation TransformUnder(TextOperation pending)
    {
        ArgumentNullException.ThrowIfNull(pending);
        return Transformation.Carry(this, pending, wins: false);
    }

    /// <summary>The operation that takes this one back. Minimal: it names an attribute only where this operation changed it.</summary>
    /// <param name="before">The document that this operation is made for.</param>
    /// <exception cref="OperationException">The document has another length, or the operation cuts a surrogate pair of it.</exception>
    public TextOperation Invert(Document before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return Inversion.Invert(this, before);
    }
}
