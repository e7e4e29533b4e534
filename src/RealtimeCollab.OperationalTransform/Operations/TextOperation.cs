using System.Text.Json.Serialization;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// One change of a whole document: retains, inserts and deletes from its start to its end. Immutable and always in canonical form, so two operations
/// that do the same are equal. All lengths are in UTF-16 code units.
/// </summary>
/// <remarks>
/// The algebra is that of Ellis and Gibbs' transformation property TP1, in the form that Google Wave and ot.js use: apply, compose, transform, invert.
/// docs/algebra.md states it with pictures.
/// </remarks>
[JsonConverter(typeof(TextOperationJsonConverter))]
public sealed partial class TextOperation : IEquatable<TextOperation>
{
    private readonly Component[] _components;

    internal TextOperation(Component[] components, int baseLength, int targetLength, bool isRich)
    {
        _components = components;
        BaseLength = baseLength;
        TargetLength = targetLength;
        IsRich = isRich;
    }

    /// <summary>The length of the documents it can be applied to.</summary>
    public int BaseLength { get; }

    /// <summary>The length of the document afterwards.</summary>
    public int TargetLength { get; }

    /// <summary>Whether it has attributes or embeds, which documents of plain text refuse.</summary>
    public bool IsRich { get; }

    /// <summary>
    /// About how large it is: inserted text in UTF-16 code units, data of embeds in bytes, names and values of attributes in UTF-16 code units and eight more
    /// for each. No more than half above the bytes of its canonical JSON form. O(n), and allocates nothing.
    /// </summary>
    public long Weight
    {
        get
        {
            var weight = 0L;
            foreach (ref readonly var component in _components.AsSpan())
                weight += component.Text.Length + component.FormatWeight;
            return weight;
        }
    }

    /// <summary>Whether it changes nothing.</summary>
    public bool IsNoop => _components.Length == 0 || (_components.Length == 1 && _components[0].IsPlainRetain);

    /// <summary>What it consists of, from the start of the document to its end.</summary>
    public ReadOnlySpan<Component> Components => _components;

    /// <summary>
    /// Refuses more attributes in one place than an operation from outside may set. <see cref="Parse"/> and <see cref="ReadAnyForm"/> do so; what is in a
    /// log is read whatever it holds.
    /// </summary>
    /// <exception cref="OperationException">The reason is <see cref="OperationReason.AttributesLength"/>.</exception>
    public void CheckAttributes()
    {
        if (!IsRich)
            return;
        foreach (ref readonly var component in _components.AsSpan())
        {
            if (component.AttributesOrNull is { IsWithinLimits: false })
                throw Refusal.AttributesLength();
        }
    }

    internal static TextOperation Empty { get; } = new([], 0, 0, isRich: false);

    /// <summary>The operation that keeps a document as it is.</summary>
    /// <param name="length">The document's length in UTF-16 code units.</param>
    /// <exception cref="OperationException"><paramref name="length"/> is below 0.</exception>
    public static TextOperation Noop(int length) => length switch
    {
        0 => Empty,
        > 0 => new TextOperation([Component.Retain(length)], length, length, isRich: false),
        _ => throw new OperationException(OperationReason.NegativeRetain, "The length of a retain is below 0."),
    };

    /// <summary>One replacement in a document of plain text: what an editor reports for a key or a paste.</summary>
    /// <param name="documentLength">The document's length in UTF-16 code units.</param>
    /// <param name="position">Where, 0 to <paramref name="documentLength"/>.</param>
    /// <param name="deleted">How many UTF-16 code units go.</param>
    /// <param name="inserted">The text that comes in their place.</param>
    /// <exception cref="OperationException">It reaches past the document, or the text holds half a surrogate pair.</exception>
    public static TextOperation Replace(int documentLength, int position, int deleted, string inserted)
    {
        ArgumentNullException.ThrowIfNull(inserted);
        if (position < 0 || deleted < 0 || documentLength < 0 || (long)position + deleted > documentLength)
            throw Refusal.BaseLength("The replacement", (int)Math.Min((long)position + deleted, int.MaxValue), documentLength);

        Surrogates.Check(inserted);
        var rest = documentLength - position - deleted;
        if ((long)documentLength - deleted + inserted.Length > int.MaxValue)
            throw Refusal.OutOfRange();

        var count = (position > 0 ? 1 : 0) + (inserted.Length > 0 ? 1 : 0) + (deleted > 0 ? 1 : 0) + (rest > 0 ? 1 : 0);
        if (inserted.Length == 0 && deleted == 0)
            return Noop(documentLength);

        var components = new Component[count];
        var next = 0;
        if (position > 0)
            components[next++] = Component.Retain(position);
        if (inserted.Length > 0)
            components[next++] = Component.Insert(inserted);
        if (deleted > 0)
            components[next++] = Component.Delete(deleted);
        if (rest > 0)
            components[next] = Component.Retain(rest);

        return new TextOperation(components, documentLength, documentLength - deleted + inserted.Length, isRich: false);
    }

    /// <summary>The same operation for a longer document, whose end it keeps. Operations from outside may end early.</summary>
    /// <param name="documentLength">The document's length in UTF-16 code units.</param>
    /// <exception cref="OperationException">The operation reaches past the end of the document (base-length).</exception>
    public TextOperation CompleteTo(int documentLength)
    {
        if (documentLength == BaseLength)
            return this;
        if (documentLength < BaseLength)
            throw Refusal.BaseLength("The operation", BaseLength, documentLength);

        var completed = ComponentList.Rent();
        try
        {
            foreach (ref readonly var component in Components)
                completed.Add(component);

            completed.Retain(documentLength - BaseLength, null);
            return completed.ToOperation();
        }
        finally
        {
            completed.Return();
        }
    }

    /// <inheritdoc/>
    public bool Equals(TextOperation? other) =>
        other is not null && (ReferenceEquals(this, other)
            || (BaseLength == other.BaseLength && TargetLength == other.TargetLength && Components.SequenceEqual(other.Components)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextOperation);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (ref readonly var component in Components)
            hash.Add(component);

        return hash.ToHashCode();
    }
}
