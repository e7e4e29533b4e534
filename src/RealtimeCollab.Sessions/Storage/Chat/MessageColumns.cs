using System.Text.Encodings.Web;
using System.Text.Json;

namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>For stores: the lists of a message as text, in the same form in all of them; null for an empty one.</summary>
public static class MessageColumns
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON array of user ids.</summary>
    public static string? WriteMentions(IReadOnlyList<string> mentions) => mentions.Count == 0 ? null : JsonSerializer.Serialize(mentions, Json);

    /// <inheritdoc cref="WriteMentions"/>
    public static IReadOnlyList<string> ReadMentions(string? text) => text is null ? [] : JsonSerializer.Deserialize<string[]>(text, Json)!;

    /// <summary>A JSON array of objects with <c>emoji</c> and <c>userIds</c>.</summary>
    public static string? WriteReactions(IReadOnlyList<StoredReaction> reactions) =>
        reactions.Count == 0 ? null : JsonSerializer.Serialize(reactions, Json);

    /// <inheritdoc cref="WriteReactions"/>
    public static IReadOnlyList<StoredReaction> ReadReactions(string? text) => text is null ? [] : JsonSerializer.Deserialize<StoredReaction[]>(text, Json)!;
}
