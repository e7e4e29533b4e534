using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.MessagePack.Framing;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>
/// Arguments, results and stream items. Any type that System.Text.Json has a contract for is written and read by that contract, by way of JSON, so that
/// both protocols have the same shapes. The messages that are most of the traffic go without JSON in between; where one that comes in is not as
/// it should be, its contract says what is wrong.
/// </summary>
internal sealed class MessagePackPayloads(JsonSerializerOptions options)
{
    private const int DefaultMaxDepth = 64;

    public void Write(ref MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case OperationBatch batch:
                OperationBatchFormat.Write(ref writer, batch);
                break;
            case SubmitOperationRequest request:
                SubmitOperationFormat.Write(ref writer, request);
                break;
            case SubmitOperationResult result:
                SubmitOperationFormat.Write(ref writer, result);
                break;
            case RawResult raw:
                foreach (var segment in raw.RawSerializedData)
                    writer.WriteRaw(segment.Span);
                break;
            default:
                WriteByContract(ref writer, value);
                break;
        }
    }

    /// <summary>Reads a whole value.</summary>
    /// <param name="bytes">Its bytes, whose structure has been checked.</param>
    /// <param name="type">What it is to become.</param>
    /// <exception cref="JsonException">The contract of the type refuses it; converters may throw others.</exception>
    /// <exception cref="MessagePackException">JSON has no such value.</exception>
    public object? Read(ReadOnlySpan<byte> bytes, Type type)
    {
        var reader = new MessagePackReader(bytes);
        if (type == typeof(SubmitOperationRequest) && SubmitOperationFormat.TryRead(ref reader, out SubmitOperationRequest? request))
            return request;
        if (type == typeof(OperationBatch) && OperationBatchFormat.TryRead(ref reader, out var batch))
            return batch;
        if (type == typeof(SubmitOperationResult) && SubmitOperationFormat.TryRead(ref reader, out SubmitOperationResult? result))
            return result;
        if (type == typeof(RawResult))
            return new RawResult(new ReadOnlySequence<byte>(bytes.ToArray()));
        return ReadByContract(bytes, type);
    }

    private void WriteByContract(ref MessagePackWriter writer, object value)
    {
        using var buffer = PooledBuffer.Rent();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(json, value, value.GetType(), options);
        JsonToMessagePack.Write(ref writer, buffer.Written, options.MaxDepth > 0 ? options.MaxDepth : DefaultMaxDepth);
    }

    private object? ReadByContract(ReadOnlySpan<byte> bytes, Type type)
    {
        var reader = new MessagePackReader(bytes);
        using var json = MessagePackToJson.Convert(ref reader);
        return JsonSerializer.Deserialize(json.Written, type, options);
    }
}
