namespace RealtimeCollab.Protocol.MessagePack.Primitives;

/// <summary>
/// One pass over bytes from anyone, before anything is made of them: they are exactly one value, all of it is there, and it is not nested too deep.
/// Whoever reads them afterwards can only meet a value of the wrong type or text that is none.
/// </summary>
internal static class MessagePackStructure
{
    /// <summary>How many arrays and maps may lie within each other: as many as System.Text.Json allows.</summary>
    public const int MaxDepth = 64;

    /// <exception cref="MessagePackException">They are not, with <see cref="MessagePackFault.Structure"/>.</exception>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        Span<int> missing = stackalloc int[MaxDepth + 1];
        missing[0] = 1;
        var depth = 0;
        var reader = new MessagePackReader(bytes);
        while (depth >= 0)
        {
            if (missing[depth] == 0)
            {
                depth--;
                continue;
            }

            missing[depth]--;
            reader.Read(out var token);
            if (token.Type is not (MessagePackType.Array or MessagePackType.Map))
                continue;
            if (++depth > MaxDepth)
                throw new MessagePackException(MessagePackFault.Structure, $"Arrays and maps are nested deeper than {MaxDepth}.");
            missing[depth] = token.Children;
        }

        if (reader.Remaining > 0)
            throw new MessagePackException(MessagePackFault.Structure, $"{reader.Remaining} bytes stand behind the message.");
    }
}
