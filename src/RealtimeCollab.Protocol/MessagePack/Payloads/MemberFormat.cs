using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>What has been read of a map so far.</summary>
internal interface IMembers
{
    /// <summary>Reads the value behind a name; false if it is not as it should be.</summary>
    bool TryRead(in MessagePackToken name, ref MessagePackReader reader);
}

/// <summary>Members of the messages that are read directly; false for whatever is not as it should be.</summary>
internal static class MemberFormat
{
    /// <summary>Reads a map, whatever the order of its members; which of them may be absent is the caller's to know.</summary>
    public static bool TryReadMap<TMembers>(ref MessagePackReader reader, out TMembers members)
        where TMembers : struct, IMembers
    {
        members = default;
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            return false;
        for (var i = 0; i < map.Count; i++)
        {
            reader.Read(out var name);
            if (!members.TryRead(name, ref reader))
                return false;
        }

        return true;
    }

    public static bool TryReadText(ref MessagePackReader reader, [NotNullWhen(true)] out string? text)
    {
        reader.Read(out var token);
        text = token.Type == MessagePackType.String && Utf8.IsValid(token.Bytes) ? Encoding.UTF8.GetString(token.Bytes) : null;
        return text is not null;
    }

    /// <summary>Text, or nil for null.</summary>
    public static bool TryReadOptionalText(ref MessagePackReader reader, out string? text)
    {
        reader.Read(out var token);
        text = token.Type == MessagePackType.String && Utf8.IsValid(token.Bytes) ? Encoding.UTF8.GetString(token.Bytes) : null;
        return text is not null || token.Type == MessagePackType.Nil;
    }

    public static bool TryReadInteger(ref MessagePackReader reader, [NotNullWhen(true)] out long? value)
    {
        reader.Read(out var token);
        value = token.TryGetInt64(out var integer) ? integer : null;
        return value is not null;
    }

    /// <summary>Passes over a member that this contract does not have.</summary>
    public static bool TryPass(in MessagePackToken name, ref MessagePackReader reader)
    {
        reader.Skip();
        return name.Type == MessagePackType.String;
    }
}
