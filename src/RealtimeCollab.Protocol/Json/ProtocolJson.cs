using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeCollab.Protocol.Json;

/// <summary>How the messages of this contract are written as JSON, on hubs and over HTTP alike.</summary>
public static class ProtocolJson
{
    /// <summary>Options for use outside SignalR; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets camelCase members, camelCase enum values and UTC times, leaves absent members out and refuses null where a value is required.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.RespectNullableAnnotations = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // the frames are data, never markup: escaping every letter beyond ASCII would triple the size of most scripts
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new UtcTimeConverter());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
