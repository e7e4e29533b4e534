namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Builds an operation from the start of the document to its end. Empty components vanish, neighbours join, and inserts go in front of the delete
/// they follow, so that what comes out is always canonical.
/// </summary>
/// <example><code>var operation = new OperationBuilder().Retain(5).Insert("Hello").Delete(3).Build();</code></example>
public sealed class OperationBuilder
{
    private ComponentList _components = ComponentList.Create();

    /// <summary>Keeps text, and formats it if attributes are given; null as a value removes an attribute.</summary>
    /// <param name="length">UTF-16 code units, 0 or more.</param>
    /// <param name="attributes">What to set or remove; nothing if null or empty.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="OperationException"><paramref name="length"/> is below 0, or the lengths add up beyond 2^31 - 1.</exception>
    public OperationBuilder Retain(int length, AttributeMap? attributes = null)
    {
        if (length < 0)
            throw new OperationException(OperationReason.NegativeRetain, "The length of a retain is below 0.");

        if (length > 0)
            _components.Retain(length, AttributeMap.NullIfEmpty(attributes));
        return this;
    }

    /// <summary>Inserts text.</summary>
    /// <param name="text">Whole code points, of any number.</param>
    /// <param name="attributes">The attributes of the new text; null values say nothing.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="OperationException">The text holds half a surrogate pair, or the lengths add up beyond 2^31 - 1.</exception>
    public OperationBuilder Insert(string text, AttributeMap? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Surrogates.Check(text);
        if (text.Length > 0)
            _components.Insert(Component.Insert(text, AttributeMap.WithoutNulls(attributes)));
        return this;
    }

    /// <summary>Inserts an embed.</summary>
    /// <param name="embed">What to insert.</param>
    /// <param name="attributes">The attributes of the embed; null values say nothing.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="OperationException">The lengths add up beyond 2^31 - 1.</exception>
    public OperationBuilder InsertEmbed(Embed embed, AttributeMap? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(embed);
        _components.Insert(Component.InsertEmbed(embed, AttributeMap.WithoutNulls(attributes)));
        return this;
    }

    /// <summary>Removes text and embeds.</summary>
    /// <param name="length">UTF-16 code units, 0 or more.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="OperationException"><paramref name="length"/> is below 0, or the lengths add up beyond 2^31 - 1.</exception>
    public OperationBuilder Delete(int length)
    {
        if (length < 0)
            throw new OperationException(OperationReason.NegativeDelete, "The length of a delete is below 0.");

        if (length > 0)
            _components.Delete(length);
        return this;
    }

    /// <summary>Starts over, for another operation, in the same memory.</summary>
    /// <returns>This builder.</returns>
    public OperationBuilder Clear()
    {
        _components.Clear();
        return this;
    }

    /// <summary>The operation so far. The builder can go on.</summary>
    public TextOperation Build() => _components.ToOperation();
}
