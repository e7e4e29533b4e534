namespace RealtimeCollab.Protocol.MessagePack.Messages;

/// <summary>How a call ended, as a completion says it.</summary>
internal enum ResultKind
{
    Error = 1,
    Void = 2,
    Value = 3,
}
