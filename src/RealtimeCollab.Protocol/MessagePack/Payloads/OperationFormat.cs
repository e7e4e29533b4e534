using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>
/// Operations as arrays of components, without a text in between:
/// <code>
/// retain n                 n
/// delete n                 -n
/// insert text              "text"
/// retain n, attributes     {"retain":n,"attributes":{...}}
/// insert, attributes       {"insert":"text","attributes":{...}}
/// insert embed             {"insert":{"image":...}}, with attributes likewise
/// </code>
/// Everything else that the algebra takes, or refuses with a reason, is left to its reader of JSON, so that there is one set of rules.
/// </summary>
internal static class OperationFormat
{
    [ThreadStatic]
    private static OperationBuilder? t_builder;

    /// <summary>Writes the canonical form.</summary>
    public static void Write(ref MessagePackWriter writer, TextOperation operation)
    {
        writer.WriteArrayHeader(operation.Components.Length);
        foreach (ref readonly var component in operation.Components)
        {
            if (component.Kind == ComponentKind.Delete)
                writer.WriteInteger(-component.Length);
            else if (component.Attributes.Count > 0 || component.Embed is not null)
                ComponentFormat.Write(ref writer, component);
            else if (component.IsInsert)
                writer.WriteString(component.Text);
            else
                writer.WriteInteger(component.Length);
        }
    }

    /// <summary>Reads an operation from anyone, in any documented form; a refusal is kept in what comes back.</summary>
    public static WireOperation ReadAnyForm(ReadOnlySpan<byte> value)
    {
        var reader = new MessagePackReader(value);
        try
        {
            if (TryRead(ref reader, out var operation))
            {
                operation.CheckAttributes();
                return new WireOperation(operation, refusal: null, value.Length);
            }

            return new WireOperation(ReadThroughJson(value), refusal: null, value.Length);
        }
        catch (OperationException refusal)
        {
            return new WireOperation(operation: null, refusal, value.Length);
        }
    }

    /// <summary>Reads an array of components that need no second look; the reader stands anywhere if this is none.</summary>
    public static bool TryRead(ref MessagePackReader reader, [NotNullWhen(true)] out TextOperation? operation)
    {
        operation = null;
        reader.Read(out var array);
        if (array.Type != MessagePackType.Array)
            return false;

        var builder = t_builder ??= new OperationBuilder();
        try
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (!TryReadComponent(ref reader, builder))
                    return false;
            }

            operation = builder.Build();
            return true;
        }
        catch (OperationException)
        {
            // what is wrong is said by the reader of JSON
            return false;
        }
        finally
        {
            builder.Clear();
        }
    }

    private static bool TryReadComponent(ref MessagePackReader reader, OperationBuilder builder)
    {
        reader.Read(out var token);
        switch (token.Type)
        {
            case MessagePackType.Integer when token.TryGetInt32(out var length) && length is not (0 or int.MinValue):
                _ = length > 0 ? builder.Retain(length) : builder.Delete(-length);
                return true;
            case MessagePackType.String:
                return ComponentFormat.TryReadText(token, out var text) && builder.Insert(text) is not null;
            case MessagePackType.Map:
                return ComponentFormat.TryRead(ref reader, token.Count, builder);
            default:
                return false;
        }
    }

    private static TextOperation ReadThroughJson(ReadOnlySpan<byte> value)
    {
        try
        {
            MessagePackToJson.RefuseBinary(value);
            var reader = new MessagePackReader(value);
            using var json = MessagePackToJson.Convert(ref reader);
            return TextOperation.Parse(json.Written);
        }
        catch (MessagePackException fault)
        {
            throw new OperationException(ReasonOf(fault.Fault), fault.Message, fault);
        }
    }

    private static string ReasonOf(MessagePackFault fault) => fault switch
    {
        MessagePackFault.LoneSurrogate => OperationReason.LoneSurrogate,
        MessagePackFault.NotFinite => OperationReason.NumberOutOfRange,
        _ => OperationReason.NotJson,
    };
}
