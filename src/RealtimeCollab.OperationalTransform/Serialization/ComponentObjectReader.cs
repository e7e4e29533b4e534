using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Reads a component that is an object: exactly one of retain, insert and delete, and, but for delete, attributes. Members come in any order.
/// </summary>
internal static class ComponentObjectReader
{
    private const string Where = "A component";

    /// <summary>What has been read of the object so far.</summary>
    private struct Members
    {
        public int Retain;
        public int Delete;
        public string? Text;
        public Embed? Embed;
        public AttributeMap? Attributes;
        public bool HasAttributes;
        public int Actions;
    }

    public static void Read(ref Utf8JsonReader reader, ref ComponentList components)
    {
        var members = default(Members);
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndObject)
        {
            ReadMember(ref reader, ref members);
            JsonInput.Next(ref reader);
        }

        if (members.Actions != 1)
            throw new OperationException(OperationReason.AmbiguousComponent, "A component has exactly one of retain, insert and delete.");

        if (members.Retain > 0)
            components.Retain(members.Retain, members.Attributes);
        else if (members.Delete > 0 && !members.HasAttributes)
            components.Delete(members.Delete);
        else if (members.Text is { } text)
            components.Insert(Component.Insert(text, AttributeMap.WithoutNulls(members.Attributes)));
        else if (members.Embed is { } embed)
            components.Insert(Component.InsertEmbed(embed, AttributeMap.WithoutNulls(members.Attributes)));
        else
            throw Refusal.UnknownField("A delete");
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref Members members)
    {
        if (JsonInput.Is(ref reader, "insert"u8))
        {
            JsonInput.Next(ref reader);
            (members.Text, members.Embed) = ReadInsert(ref reader);
            members.Actions++;
        }
        else if (JsonInput.Is(ref reader, "retain"u8))
        {
            members.Retain = ReadLength(ref reader, OperationReason.NegativeRetain);
            members.Actions++;
        }
        else if (JsonInput.Is(ref reader, "delete"u8))
        {
            members.Delete = ReadLength(ref reader, OperationReason.NegativeDelete);
            members.Actions++;
        }
        else if (JsonInput.Is(ref reader, "attributes"u8))
        {
            if (members.HasAttributes)
                throw Refusal.DuplicateName(Where);

            JsonInput.Next(ref reader);
            members.Attributes = AttributesReader.Read(ref reader);
            members.HasAttributes = true;
        }
        else
        {
            throw Refusal.UnknownField(Where);
        }
    }

    /// <summary>The text or the embed that is inserted.</summary>
    public static (string? Text, Embed? Embed) ReadInsert(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => (OperationReader.InsertText(ref reader), null),
        JsonTokenType.StartObject => (null, EmbedReader.Read(ref reader)),
        _ => throw Refusal.ComponentType("An insert"),
    };

    private static int ReadLength(ref Utf8JsonReader reader, string reasonIfNegative)
    {
        JsonInput.Next(ref reader);
        if (reader.TokenType != JsonTokenType.Number)
            throw Refusal.ComponentType("The length of a component");

        var length = JsonInput.Length(ref reader);
        return length switch
        {
            > 0 => length,
            0 => throw Refusal.ZeroLength(),
            _ => throw new OperationException(reasonIfNegative, "A length in an object is above 0."),
        };
    }
}
