using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.Protocol.Tests.Support;

/// <summary>Hub messages as the vectors describe them: an object with the names that the official client gives their members.</summary>
internal static class HubMessageJson
{
    public static HubMessage Read(JsonObject message, TestBinder binder)
    {
        var id = (string?)message["invocationId"];
        HubMessage read = (int)message["type"]! switch
        {
            1 => new InvocationMessage(id, (string)message["target"]!, Arguments(message, binder), Texts(message["streamIds"])),
            2 => new StreamItemMessage(id!, message["item"]),
            3 when message["error"] is { } error => CompletionMessage.WithError(id!, (string?)error),
            3 when message.ContainsKey("result") => CompletionMessage.WithResult(id!, message["result"].Deserialize(binder.ReturnType, ProtocolJson.Options)),
            3 => CompletionMessage.Empty(id!),
            4 => new StreamInvocationMessage(id!, (string)message["target"]!, Arguments(message, binder), Texts(message["streamIds"])),
            5 => new CancelInvocationMessage(id!),
            6 => PingMessage.Instance,
            7 => new CloseMessage((string?)message["error"], (bool?)message["allowReconnect"] ?? false),
            8 => new AckMessage((long)message["sequenceId"]!),
            9 => new SequenceMessage((long)message["sequenceId"]!),
            var type => throw new ArgumentException($"There is no message of type {type}.", nameof(message)),
        };
        if (read is HubInvocationMessage invocation && message["headers"] is JsonObject headers)
            invocation.Headers = headers.ToDictionary(header => header.Key, header => (string)header.Value!, StringComparer.Ordinal);
        return read;
    }

    public static JsonObject Write(HubMessage message)
    {
        var written = message switch
        {
            StreamInvocationMessage call => Call(4, call),
            InvocationMessage call => Call(1, call),
            StreamItemMessage item => new JsonObject { ["type"] = 2, ["item"] = Payload(item.Item) },
            CompletionMessage { Error: { } error } => new JsonObject { ["type"] = 3, ["error"] = error },
            CompletionMessage { HasResult: true } completion => new JsonObject { ["type"] = 3, ["result"] = Payload(completion.Result) },
            CompletionMessage => new JsonObject { ["type"] = 3 },
            CancelInvocationMessage => new JsonObject { ["type"] = 5 },
            PingMessage => new JsonObject { ["type"] = 6 },
            CloseMessage close => new JsonObject { ["type"] = 7, ["error"] = close.Error, ["allowReconnect"] = close.AllowReconnect },
            AckMessage ack => new JsonObject { ["type"] = 8, ["sequenceId"] = ack.SequenceId },
            SequenceMessage sequence => new JsonObject { ["type"] = 9, ["sequenceId"] = sequence.SequenceId },
            _ => throw new ArgumentException($"{message.GetType().Name} is no message of the wire.", nameof(message)),
        };
        if (message is HubInvocationMessage { InvocationId: { } id })
            written["invocationId"] = id;
        if (message is HubInvocationMessage { Headers: { Count: > 0 } headers })
            written["headers"] = JsonSerializer.SerializeToNode(headers);
        return written;
    }

    private static JsonObject Call(int type, HubMethodInvocationMessage call) => new()
    {
        ["type"] = type,
        ["target"] = call.Target,
        ["arguments"] = new JsonArray([.. call.Arguments.Select(Payload)]),
        ["streamIds"] = new JsonArray([.. (call.StreamIds ?? []).Select(id => JsonValue.Create(id))]),
    };

    private static JsonNode? Payload(object? value) =>
        value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), ProtocolJson.Options);

    private static object?[] Arguments(JsonObject message, TestBinder binder)
    {
        var arguments = message["arguments"]!.AsArray();
        var types = binder.GetParameterTypes((string)message["target"]!);
        return [.. arguments.Select((argument, i) => argument.Deserialize(types[i], ProtocolJson.Options))];
    }

    private static string[]? Texts(JsonNode? texts) => texts is null ? null : [.. texts.AsArray().Select(text => (string)text!)];
}
