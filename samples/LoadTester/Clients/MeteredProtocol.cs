using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>A hub protocol whose bytes, refusals and answers are noted on their way. One for each connection.</summary>
internal sealed class MeteredProtocol(IHubProtocol inner, Measurements measurements) : IHubProtocol
{
    /// <summary>Hears every answer of the server to a call of this connection, before the client does.</summary>
    public Action<CompletionMessage>? Answered { get; init; }

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input.Length;
        if (!inner.TryParseMessage(ref input, binder, out message))
            return false;
        measurements.Traffic.Received(before - input.Length);
        if (message is InvocationMessage { Arguments: [ErrorMessage refusal] })
            measurements.Errors.Count(refusal.Code);
        else if (message is CompletionMessage answer)
            Answered?.Invoke(answer);
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        var counting = new CountingWriter(output);
        inner.WriteMessage(message, counting);
        measurements.Traffic.Sent(counting.Written);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    private sealed class CountingWriter(IBufferWriter<byte> output) : IBufferWriter<byte>
    {
        public long Written { get; private set; }

        public void Advance(int count)
        {
            Written += count;
            output.Advance(count);
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);
    }
}
