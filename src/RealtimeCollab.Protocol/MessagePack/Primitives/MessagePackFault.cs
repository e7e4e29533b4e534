namespace RealtimeCollab.Protocol.MessagePack.Primitives;

/// <summary>What is wrong with bytes.</summary>
internal enum MessagePackFault
{
    /// <summary>They end too early, announce more than there is, or are nested too deep: no more of them can be trusted.</summary>
    Structure,

    /// <summary>A value of a type that cannot stand where it stands.</summary>
    Type,

    /// <summary>A string that is no UTF-8.</summary>
    Text,

    /// <summary>A string with half a surrogate pair, which is no UTF-8 either.</summary>
    LoneSurrogate,

    /// <summary>A number that is infinite or none at all.</summary>
    NotFinite,
}

/// <summary>Bytes were refused. The message tells types and sizes, never content.</summary>
internal sealed class MessagePackException(MessagePackFault fault, string message) : Exception(message)
{
    public MessagePackFault Fault { get; } = fault;
}
