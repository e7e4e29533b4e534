using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Reads the positional form, one change given by its place:
/// <list type="bullet">
/// <item><c>{"type": "insert", "position": 10, "content": "Hello"}</c>, content also an embed, with attributes if wanted;</item>
/// <item><c>{"type": "delete", "position": 10, "length": 3}</c>;</item>
/// <item><c>{"type": "format", "position": 10, "length": 3, "attributes": {"bold": true}}</c>;</item>
/// <item><c>{"type": "retain", "position": 10, "length": 3}</c>, which changes nothing unless it has attributes.</item>
/// </list>
/// Members come in any order; one that is null counts as absent. An insert's length and a delete's content may be there, as in a class that has
/// all members: they must agree (or be 0 and empty).
/// </summary>
internal static class PositionalReader
{
    private struct Members
    {
        public string? Type;
        public int? Position;
        public int? Length;
        public string? Text;
        public Embed? Embed;
        public AttributeMap? Attributes;
        public Seen Seen;
    }

    [Flags]
    private enum Seen
    {
        None = 0,
        Type = 1,
        Position = 2,
        Content = 4,
        Length = 8,
        Attributes = 16,
    }

    public static TextOperation Read(ref Utf8JsonReader reader)
    {
        var members = default(Members);
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndObject)
        {
            ReadMember(ref reader, ref members);
            JsonInput.Next(ref reader);
        }

        return members.Type switch
        {
            "insert" => Insert(members),
            "delete" => Delete(members),
            "retain" or "format" => Retain(members),
            _ => throw Refusal.Positional("The type of a positional operation is insert, delete, retain or format."),
        };
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref Members members)
    {
        var member = JsonInput.Is(ref reader, "type"u8) ? Seen.Type
            : JsonInput.Is(ref reader, "position"u8) ? Seen.Position
            : JsonInput.Is(ref reader, "content"u8) ? Seen.Content
            : JsonInput.Is(ref reader, "length"u8) ? Seen.Length
            : JsonInput.Is(ref reader, "attributes"u8) ? Seen.Attributes
            : throw Refusal.UnknownField("A positional operation");
        if (members.Seen.HasFlag(member))
            throw Refusal.DuplicateName("A positional operation");

        members.Seen |= member;
        JsonInput.Next(ref reader);
        if (reader.TokenType == JsonTokenType.Null)
            return;

        switch (member)
        {
            case Seen.Type:
                members.Type = reader.TokenType == JsonTokenType.String ? JsonInput.Text(ref reader) : throw Refusal.ComponentType("The type");
                break;
            case Seen.Position:
                members.Position = ReadNumber(ref reader);
                break;
            case Seen.Length:
                members.Length = ReadNumber(ref reader);
                break;
            case Seen.Content when reader.TokenType == JsonTokenType.String:
                members.Text = JsonInput.Text(ref reader);
                break;
            case Seen.Content:
                (members.Text, members.Embed) = ComponentObjectReader.ReadInsert(ref reader);
                break;
            default:
                members.Attributes = AttributesReader.Read(ref reader);
                break;
        }
    }

    private static TextOperation Insert(in Members members)
    {
        var at = At(members);
        var attributes = AttributeMap.WithoutNulls(members.Attributes);
        var insert = members.Embed is { } embed ? Component.InsertEmbed(embed, attributes)
            : members.Text is { Length: > 0 } text ? Component.Insert(text, attributes)
            : throw Refusal.EmptyInsert();
        if (members.Length is { } length && length != 0 && length != insert.Length)
            throw Refusal.Positional("The length of an insert differs from its content's.");

        at.Insert(insert);
        return at.ToOperation();
    }

    private static TextOperation Delete(in Members members)
    {
        if (members.Attributes is not null)
            throw Refusal.UnknownField("A delete");
        if (members.Embed is not null || (members.Text is { Length: > 0 } text && text.Length != members.Length))
            throw Refusal.Positional("The content of a delete differs from its length.");

        var at = At(members);
        at.Delete(RequiredLength(members));
        return at.ToOperation();
    }

    private static TextOperation Retain(in Members members)
    {
        if (members.Text is { Length: > 0 } || members.Embed is not null)
            throw Refusal.Positional("A retain or format has no content.");
        if (members.Type is "format" && members.Attributes is null)
            throw Refusal.Positional("A format has attributes.");

        var at = At(members);
        at.Retain(RequiredLength(members), members.Attributes);
        return at.ToOperation();
    }

    private static ComponentList At(in Members members)
    {
        var position = members.Position ?? throw Refusal.Positional("A positional operation has a position.");
        var list = ComponentList.Create();
        if (position > 0)
            list.Retain(position, null);

        return list;
    }

    private static int RequiredLength(in Members members) => members.Length switch
    {
        null => throw Refusal.Positional("A delete, retain or format has a length."),
        0 => throw Refusal.ZeroLength(),
        { } length => length,
    };

    private static int ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw Refusal.ComponentType("A position or length");

        var number = JsonInput.Length(ref reader);
        return number >= 0 ? number : throw Refusal.Positional("A position or length is 0 or more.");
    }
}
