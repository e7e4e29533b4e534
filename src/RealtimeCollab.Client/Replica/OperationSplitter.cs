using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client.Replica;

/// <summary>Cuts an operation that is too large for the wire into two whose composition it is.</summary>
internal static class OperationSplitter
{
    // the most that a UTF-16 code unit takes as JSON: \uXXXX
    private const int MaxBytesPerUnit = 6;
    private const int MaxBytesPerLength = 12;

    private static readonly JsonWriterOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first part that fits, and what remains; no remainder if all of it fits, or if it cannot be cut smaller.</summary>
    /// <param name="operation">What is to be sent.</param>
    /// <param name="maxBytes">The most bytes of JSON that the server takes.</param>
    public static (TextOperation First, TextOperation? Remainder) Split(TextOperation operation, int maxBytes)
    {
        if (SurelyFits(operation, maxBytes))
            return (operation, null);

        var size = JsonSize(operation);
        if (size <= maxBytes)
            return (operation, null);

        // in proportion first, then less until it fits: text need not weigh the same everywhere
        var weight = Weight(operation);
        for (var cut = (int)(0.9 * weight * maxBytes / size); cut > 0; cut /= 2)
        {
            var first = Take(operation, cut);
            if (JsonSize(first) <= maxBytes && !first.IsNoop)
                return (first, Skip(operation, cut));
        }

        return (operation, null);
    }

    private static bool SurelyFits(TextOperation operation, int maxBytes)
    {
        long most = 2;
        foreach (ref readonly var component in operation.Components)
        {
            if (component.Embed is not null || component.Attributes.Count > 0)
                return false;

            most += component.Kind == ComponentKind.Insert ? 3L + ((long)component.Length * MaxBytesPerUnit) : MaxBytesPerLength;
        }

        return most <= maxBytes;
    }

    private static long JsonSize(TextOperation operation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, AsSent);
        operation.WriteTo(writer);
        writer.Flush();
        return buffer.WrittenCount;
    }

    /// <summary>An insert weighs its length, anything else 1: the unit in which an operation is cut.</summary>
    private static long Weight(TextOperation operation)
    {
        long weight = 0;
        foreach (ref readonly var component in operation.Components)
            weight += Weight(component);

        return weight;
    }

    private static int Weight(in Component component) => component.IsInsert ? component.Length : 1;

    /// <summary>The operation as far as the cut; what comes later is retained, and not inserted yet.</summary>
    private static TextOperation Take(TextOperation operation, int cut)
    {
        var builder = new OperationBuilder();
        foreach (ref readonly var component in operation.Components)
        {
            var here = CutInside(component, cut);
            cut -= Math.Min(cut, Weight(component));
            if (component.IsInsert)
                Add(builder, component, 0, here);
            else if (here > 0)
                Add(builder, component, 0, component.Length);
            else
                builder.Retain(component.Length);
        }

        return builder.Build();
    }

    /// <summary>The operation from the cut on, for the document that <see cref="Take"/> leaves.</summary>
    private static TextOperation Skip(TextOperation operation, int cut)
    {
        var builder = new OperationBuilder();
        foreach (ref readonly var component in operation.Components)
        {
            var here = CutInside(component, cut);
            cut -= Math.Min(cut, Weight(component));
            if (component.IsInsert)
                Add(builder.Retain(here), component, here, component.Length - here);
            else if (here == 0)
                Add(builder, component, 0, component.Length);
            else if (component.Kind == ComponentKind.Retain)
                builder.Retain(component.Length);
        }

        return builder.Build();
    }

    /// <summary>How much of a component lies before the cut: an insert in code units, never half a surrogate pair; others 0 or 1.</summary>
    private static int CutInside(in Component component, int cut)
    {
        var inside = Math.Min(cut, Weight(component));
        return inside > 0 && inside < component.Length && component.Kind == ComponentKind.Insert && char.IsHighSurrogate(component.Text[inside - 1])
            ? inside - 1
            : inside;
    }

    private static void Add(OperationBuilder builder, in Component component, int start, int length)
    {
        switch (component.Kind)
        {
            case ComponentKind.Retain:
                builder.Retain(length, component.Attributes);
                break;
            case ComponentKind.Delete:
                builder.Delete(length);
                break;
            case ComponentKind.Insert:
                builder.Insert(component.Text.Slice(start, length).ToString(), component.Attributes);
                break;
            case ComponentKind.InsertEmbed when length > 0:
                builder.InsertEmbed(component.Embed!, component.Attributes);
                break;
        }
    }
}
