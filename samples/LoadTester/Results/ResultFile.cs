using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeCollab.LoadTester.Results;

/// <summary>Writes results to files and reads them again.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(string path, RunResult result, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, result, Json, cancellationToken);
    }

    /// <exception cref="LoadException">There is no such file, or no result of a version that this program reads is in it.</exception>
    public static async Task<RunResult> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            using var json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            if (VersionOf(json.RootElement) is < 1 or > RunResult.CurrentVersion)
                throw new LoadException($"{path} has no result of version 1 to {RunResult.CurrentVersion} in it.");
            return json.Deserialize<RunResult>(Json) ?? throw new JsonException();
        }
        catch (JsonException error)
        {
            throw new LoadException($"{path} cannot be read as a result: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new LoadException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static int VersionOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("formatVersion", out var version)
        && version.ValueKind == JsonValueKind.Number
        && version.TryGetInt32(out var number)
            ? number
            : 0;
}
