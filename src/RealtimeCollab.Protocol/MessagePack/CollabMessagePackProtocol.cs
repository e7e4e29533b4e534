using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.MessagePack.Framing;
using RealtimeCollab.Protocol.MessagePack.Messages;
using RealtimeCollab.Protocol.MessagePack.Payloads;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack;

/// <summary>
/// SignalR's hub protocol over MessagePack, version 2, as @microsoft/signalr-protocol-msgpack speaks it. Payloads have the shapes that they have in JSON,
/// by the same contracts: an application's converters for System.Text.Json hold here too. Safe for any thread.
/// </summary>
public sealed class CollabMessagePackProtocol : IHubProtocol
{
    private readonly HubMessageReader _reader;
    private readonly HubMessageWriter _writer;

    /// <summary>A protocol whose payloads have the shapes of SignalR's JSON protocol in this application.</summary>
    /// <param name="json">The settings of the JSON protocol.</param>
    public CollabMessagePackProtocol(IOptions<JsonHubProtocolOptions> json)
        : this(json?.Value.PayloadSerializerOptions ?? throw new ArgumentNullException(nameof(json)))
    {
    }

    /// <summary>A protocol whose payloads have the shapes that these options give them in JSON.</summary>
    /// <param name="payloads">Made read-only by the first message.</param>
    public CollabMessagePackProtocol(JsonSerializerOptions payloads)
    {
        ArgumentNullException.ThrowIfNull(payloads);
        var format = new MessagePackPayloads(payloads);
        _reader = new HubMessageReader(format);
        _writer = new HubMessageWriter(format);
    }

    /// <inheritdoc/>
    public string Name => "messagepack";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => version <= Version;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The input is no message of the protocol; nothing behind it can be read.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        ArgumentNullException.ThrowIfNull(binder);
        // messages of types that are not known are passed over
        for (message = null; message is null && LengthPrefix.TryTake(ref input, out var body);)
            message = Parse(body, binder);
        return message is not null;
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        using var buffer = PooledBuffer.Rent();
        output.Write(Frame(message, buffer));
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        using var buffer = PooledBuffer.Rent();
        return Frame(message, buffer).ToArray();
    }

    private ReadOnlySpan<byte> Frame(HubMessage message, PooledBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(message);
        var writer = new MessagePackWriter(buffer);
        _writer.Write(ref writer, message);
        writer.Flush();
        return buffer.Frame();
    }

    private HubMessage? Parse(in ReadOnlySequence<byte> body, IInvocationBinder binder)
    {
        if (body.IsSingleSegment)
            return _reader.Read(body.FirstSpan, binder);

        // all of it has come, so its length is no mere promise
        var length = (int)body.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(whole);
            return _reader.Read(whole.AsSpan(0, length), binder);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }
}
