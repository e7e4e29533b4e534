using System.Collections.Immutable;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>Selections as <c>{"ranges":[{"anchor":1,"head":2}]}</c>.</summary>
internal static class SelectionFormat
{
    private const int UsualRanges = 4;

    public static void Write(ref MessagePackWriter writer, Selection selection)
    {
        writer.WriteMapHeader(1);
        writer.WriteString("ranges"u8);
        writer.WriteArrayHeader(selection.Ranges.Length);
        foreach (var range in selection.Ranges)
        {
            writer.WriteMapHeader(2);
            writer.WriteString("anchor"u8);
            writer.WriteInteger(range.Anchor);
            writer.WriteString("head"u8);
            writer.WriteInteger(range.Head);
        }
    }

    /// <summary>Reads a selection, or null for nil, if it has just the members that it should have.</summary>
    public static bool TryRead(ref MessagePackReader reader, out Selection? selection)
    {
        selection = null;
        reader.Read(out var map);
        if (map.Type == MessagePackType.Nil)
            return true;
        if (map.Type != MessagePackType.Map || map.Count != 1)
            return false;

        reader.Read(out var name);
        reader.Read(out var array);
        if (!name.Is("ranges"u8) || array.Type != MessagePackType.Array)
            return false;

        var ranges = ImmutableArray.CreateBuilder<SelectionRange>(Math.Min(array.Count, UsualRanges));
        for (var i = 0; i < array.Count; i++)
        {
            if (!TryReadRange(ref reader, out var range))
                return false;
            ranges.Add(range);
        }

        selection = new Selection(ranges.DrainToImmutable());
        return true;
    }

    private static bool TryReadRange(ref MessagePackReader reader, out SelectionRange range)
    {
        range = default;
        int anchor = -1, head = -1;
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map || map.Count != 2)
            return false;
        for (var i = 0; i < map.Count; i++)
        {
            reader.Read(out var name);
            reader.Read(out var value);
            if (!value.TryGetInt32(out var position))
                return false;
            if (name.Is("anchor"u8))
                anchor = position;
            else if (name.Is("head"u8))
                head = position;
        }

        if (anchor < 0 || head < 0)
            return false;
        range = new SelectionRange(anchor, head);
        return true;
    }
}
