using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Reads an operation in any form that people write by hand or other libraries make:
/// <list type="bullet">
/// <item>an array of components, see <see cref="OperationReader"/>;</item>
/// <item>Quill's object, <c>{"ops": [components]}</c>;</item>
/// <item>a positional object, see <see cref="PositionalReader"/>;</item>
/// <item>an array of any of these three, to be composed in turn; an empty array is the empty operation.</item>
/// </list>
/// An array is a list of operations if its first item is an array, or an object with a member that no component has (ops, type, position, content,
/// length). Lists do not nest.
/// </summary>
internal static class OperationFormsReader
{
    public static TextOperation Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Checked(ReadOne(ref reader));

        JsonInput.Next(ref reader);
        return StartsList(reader) ? ReadList(ref reader) : Checked(OperationReader.ReadComponents(ref reader));
    }

    private static TextOperation Checked(TextOperation operation)
    {
        operation.CheckAttributes();
        return operation;
    }

    private static TextOperation ReadOne(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => OperationReader.Read(ref reader),
        JsonTokenType.StartObject when FirstName(reader, "ops"u8) => ReadQuill(ref reader),
        JsonTokenType.StartObject when IsOperation(reader) => PositionalReader.Read(ref reader),
        _ => throw Refusal.NotAnOperation(),
    };

    private static TextOperation ReadQuill(ref Utf8JsonReader reader)
    {
        JsonInput.Next(ref reader);
        JsonInput.Next(ref reader);
        var operation = OperationReader.Read(ref reader);
        JsonInput.Next(ref reader);
        return reader.TokenType == JsonTokenType.EndObject ? operation : throw Refusal.UnknownField("An object with ops");
    }

    private static TextOperation ReadList(ref Utf8JsonReader reader)
    {
        var operations = new List<TextOperation>();
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            operations.Add(Checked(ReadOne(ref reader)));
            JsonInput.Next(ref reader);
        }

        return ComposeAll(operations);
    }

    /// <summary>
    /// Composes neighbours until one is left: n log n for a long list, where one after the other would copy what has come together again and again.
    /// Composition is associative, so the result is the same. What comes together may not set more in one place than an operation may by itself: it would
    /// grow with every step.
    /// </summary>
    private static TextOperation ComposeAll(List<TextOperation> operations)
    {
        while (operations.Count > 1)
        {
            var half = new List<TextOperation>((operations.Count + 1) / 2);
            for (var i = 0; i < operations.Count; i += 2)
                half.Add(i + 1 < operations.Count ? Checked(ComposeEarlyEnding(operations[i], operations[i + 1])) : operations[i]);

            operations = half;
        }

        return operations[0];
    }

    /// <summary>Composes two operations either of which may end early: that one keeps the rest.</summary>
    private static TextOperation ComposeEarlyEnding(TextOperation first, TextOperation second)
    {
        var missing = (long)second.BaseLength - first.TargetLength;
        if (first.BaseLength + Math.Max(0, missing) > int.MaxValue)
            throw Refusal.OutOfRange();

        return missing > 0
            ? first.CompleteTo(first.BaseLength + (int)missing).Compose(second)
            : first.Compose(second.CompleteTo(first.TargetLength));
    }

    // The readers below are copies, so looking ahead does not move the one that reads.

    private static bool StartsList(Utf8JsonReader ahead) =>
        ahead.TokenType == JsonTokenType.StartArray || (ahead.TokenType == JsonTokenType.StartObject && IsOperation(ahead));

    private static bool FirstName(Utf8JsonReader ahead, ReadOnlySpan<byte> name)
    {
        JsonInput.Next(ref ahead);
        return ahead.TokenType == JsonTokenType.PropertyName && JsonInput.Is(ref ahead, name);
    }

    /// <summary>Whether an object is an operation of its own, not a component: by its first member other than attributes.</summary>
    private static bool IsOperation(Utf8JsonReader ahead)
    {
        JsonInput.Next(ref ahead);
        while (ahead.TokenType == JsonTokenType.PropertyName && JsonInput.Is(ref ahead, "attributes"u8))
        {
            JsonInput.Next(ref ahead);
            ahead.Skip();
            JsonInput.Next(ref ahead);
        }

        return ahead.TokenType == JsonTokenType.PropertyName
            && (JsonInput.Is(ref ahead, "type"u8) || JsonInput.Is(ref ahead, "ops"u8) || JsonInput.Is(ref ahead, "position"u8)
                || JsonInput.Is(ref ahead, "content"u8) || JsonInput.Is(ref ahead, "length"u8));
    }
}
