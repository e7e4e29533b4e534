using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>Components that are maps: a retain or an insert with attributes, or an embed. See <see cref="OperationFormat"/>.</summary>
internal static class ComponentFormat
{
    public static void Write(ref MessagePackWriter writer, in Component component)
    {
        var attributes = component.Attributes;
        writer.WriteMapHeader(attributes.Count > 0 ? 2 : 1);
        if (component.IsInsert)
            WriteInsert(ref writer, component);
        else
            WriteRetain(ref writer, component.Length);

        if (attributes.Count == 0)
            return;
        writer.WriteString("attributes"u8);
        writer.WriteMapHeader(attributes.Count);
        for (var i = 0; i < attributes.Count; i++)
        {
            writer.WriteString(attributes[i].Key);
            WriteValue(ref writer, attributes[i].Value);
        }
    }

    /// <summary>Reads a component whose map header has been read, and adds it; false if it needs a second look.</summary>
    /// <exception cref="OperationException">The algebra refuses the component.</exception>
    public static bool TryRead(ref MessagePackReader reader, int members, OperationBuilder builder)
    {
        var retain = 0;
        string? text = null;
        Embed? embed = null;
        AttributeMap? attributes = null;
        for (var i = 0; i < members; i++)
        {
            reader.Read(out var name);
            if (name.Is("attributes"u8) && attributes is null)
            {
                if (!TryReadAttributes(ref reader, out attributes))
                    return false;
            }
            else if (name.Is("insert"u8) && text is null && embed is null)
            {
                if (!TryReadInsert(ref reader, out text, out embed))
                    return false;
            }
            else if (name.Is("retain"u8) && retain == 0)
            {
                reader.Read(out var length);
                if (!length.TryGetInt32(out retain) || retain <= 0)
                    return false;
            }
            else
            {
                return false;
            }
        }

        return (retain > 0, text, embed) switch
        {
            (true, null, null) => builder.Retain(retain, attributes) is not null,
            (false, { } inserted, null) => builder.Insert(inserted, attributes) is not null,
            (false, null, { } inserted) => builder.InsertEmbed(inserted, attributes) is not null,
            _ => false,
        };
    }

    /// <summary>The text of an insert: whole code points of any number but none.</summary>
    public static bool TryReadText(in MessagePackToken token, [NotNullWhen(true)] out string? text)
    {
        text = token.Bytes.Length > 0 && Utf8.IsValid(token.Bytes) ? Encoding.UTF8.GetString(token.Bytes) : null;
        return text is not null;
    }

    private static void WriteRetain(ref MessagePackWriter writer, int length)
    {
        writer.WriteString("retain"u8);
        writer.WriteInteger(length);
    }

    private static void WriteInsert(ref MessagePackWriter writer, in Component component)
    {
        writer.WriteString("insert"u8);
        if (component.Embed is { } embed)
            JsonToMessagePack.Write(ref writer, embed.Json.Span, Embed.MaxDepth);
        else
            writer.WriteString(component.Text);
    }

    private static void WriteValue(ref MessagePackWriter writer, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeValueKind.Boolean:
                writer.WriteBoolean(value.AsBoolean());
                break;
            case AttributeValueKind.Number:
                writer.WriteNumber(value.AsDouble());
                break;
            case AttributeValueKind.Text:
                writer.WriteString(value.AsString());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    private static bool TryReadInsert(ref MessagePackReader reader, out string? text, out Embed? embed)
    {
        (text, embed) = (null, null);
        var ahead = reader;
        ahead.Read(out var token);
        if (token.Type == MessagePackType.String)
        {
            reader = ahead;
            return TryReadText(token, out text);
        }

        if (token.Type == MessagePackType.Map)
            embed = ReadEmbed(ref reader);
        return embed is not null;
    }

    /// <summary>An embed is kept as JSON, so it is read as JSON.</summary>
    private static Embed? ReadEmbed(ref MessagePackReader reader)
    {
        try
        {
            var value = reader.Skip();
            MessagePackToJson.RefuseBinary(value);
            var inner = new MessagePackReader(value);
            using var json = MessagePackToJson.Convert(ref inner);
            return Embed.Parse(json.Written);
        }
        catch (MessagePackException)
        {
            return null;
        }
    }

    private static bool TryReadAttributes(ref MessagePackReader reader, [NotNullWhen(true)] out AttributeMap? attributes)
    {
        attributes = null;
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            return false;

        var entries = new (string Name, AttributeValue Value)[map.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            reader.Read(out var name);
            reader.Read(out var value);
            if (name.Type != MessagePackType.String || !TryReadText(name, out var text) || !TryReadValue(value, out var read))
                return false;
            entries[i] = (text, read);
        }

        attributes = AttributeMap.Create(entries);
        return true;
    }

    private static bool TryReadValue(in MessagePackToken token, out AttributeValue value)
    {
        value = token.Type switch
        {
            MessagePackType.Boolean => token.Boolean,
            MessagePackType.Integer when !token.IsBeyondInt64 => token.Integer,
            MessagePackType.Float => token.Float,
            MessagePackType.String when Utf8.IsValid(token.Bytes) => Encoding.UTF8.GetString(token.Bytes),
            _ => AttributeValue.Null,
        };
        return !value.IsNull || token.Type == MessagePackType.Nil;
    }
}
