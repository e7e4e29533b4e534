using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Messages;

/// <summary>The items of hub messages. What is not of its type throws an <see cref="InvalidDataException"/> that names the item, never its content.</summary>
internal static class HubFields
{
    /// <summary>For how many things memory is set aside before they are read.</summary>
    private const int CapacityOnTrust = 16;

    public static void Require(int items, int needed, string message)
    {
        if (items < needed)
            throw new InvalidDataException($"{message}: {items} items, not the {needed} that it needs.");
    }

    public static int ReadArray(ref MessagePackReader reader, string field)
    {
        reader.Read(out var token);
        return token.Type == MessagePackType.Array ? token.Count : throw Wrong(field, token.Type, MessagePackType.Array);
    }

    public static long ReadInteger(ref MessagePackReader reader, string field)
    {
        reader.Read(out var token);
        if (token.IsBeyondInt64)
            throw new InvalidDataException($"{field}: beyond 2^63-1.");
        return token.TryGetInt64(out var value) ? value : throw Wrong(field, token.Type, MessagePackType.Integer);
    }

    public static bool ReadBoolean(ref MessagePackReader reader, string field)
    {
        reader.Read(out var token);
        return token.Type == MessagePackType.Boolean ? token.Boolean : throw Wrong(field, token.Type, MessagePackType.Boolean);
    }

    /// <summary>A string that is not empty.</summary>
    public static string ReadText(ref MessagePackReader reader, string field) =>
        ReadTextOrNil(ref reader, field) is { Length: > 0 } text ? text : throw new InvalidDataException($"{field}: empty.");

    /// <summary>A string; null for nil.</summary>
    public static string? ReadTextOrNil(ref MessagePackReader reader, string field)
    {
        reader.Read(out var token);
        return token.Type == MessagePackType.Nil ? null : Decode(token, field);
    }

    /// <summary>The name of a method, which the binder may have as a string already.</summary>
    public static string ReadTarget(ref MessagePackReader reader, IInvocationBinder binder)
    {
        reader.Read(out var token);
        if (token.Type == MessagePackType.String && binder.GetTarget(token.Bytes) is { } known)
            return known;
        return Decode(token, "target") is { Length: > 0 } target ? target : throw new InvalidDataException("target: empty.");
    }

    /// <summary>A map of strings; null if it is empty.</summary>
    public static Dictionary<string, string>? ReadHeaders(ref MessagePackReader reader)
    {
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            throw Wrong("headers", map.Type, MessagePackType.Map);
        if (map.Count == 0)
            return null;

        var headers = new Dictionary<string, string>(Math.Min(map.Count, CapacityOnTrust), StringComparer.Ordinal);
        for (var i = 0; i < map.Count; i++)
        {
            var name = ReadText(ref reader, "name of a header");
            reader.Read(out var value);
            if (!headers.TryAdd(name, Decode(value, "value of a header")))
                throw new InvalidDataException("headers: two of one name.");
        }

        return headers;
    }

    public static string[]? ReadTexts(ref MessagePackReader reader, string field)
    {
        var count = ReadArray(ref reader, field);
        if (count == 0)
            return null;

        var texts = new List<string>(Math.Min(count, CapacityOnTrust));
        for (var i = 0; i < count; i++)
            texts.Add(ReadText(ref reader, field));
        return [.. texts];
    }

    private static string Decode(in MessagePackToken token, string field)
    {
        if (token.Type != MessagePackType.String)
            throw Wrong(field, token.Type, MessagePackType.String);
        try
        {
            return MessagePackText.Decode(token.Bytes);
        }
        catch (MessagePackException fault)
        {
            throw new InvalidDataException($"{field}: {fault.Message}", fault);
        }
    }

    private static InvalidDataException Wrong(string field, MessagePackType actual, MessagePackType expected) =>
        new($"{field}: of type {actual}, not {expected}.");
}
