using System.Buffers;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Chat;

/// <summary>The forms that members of chat requests have to have.</summary>
internal sealed class ChatRules(IOptions<RealtimeCollabOptions> options)
{
    private const string TextType = "text";
    private const string ServersType = "system";
    private const int MaxEmojiLength = 32;

    private static readonly SearchValues<char> AllowedControls = SearchValues.Create("\t\n\r");

    private readonly ServerLimits _limits = options.Value.Limits;

    public ServerLimits Limits => _limits;

    /// <summary>Text of a message: not empty, not too long, and no control characters but tab and line ends.</summary>
    public void Content(string? content)
    {
        if (string.IsNullOrEmpty(content))
            throw CollabException.InvalidRequest("content is empty.");
        if (content.Length > _limits.MaxMessageLength)
            throw CollabException.MessageTooLong(content.Length, _limits.MaxMessageLength);
        if (content.Any(character => char.IsControl(character) && !AllowedControls.Contains(character)))
            throw CollabException.InvalidRequest("content has control characters other than tab and line ends.");
    }

    /// <summary>Each user once.</summary>
    public IReadOnlyList<string> Mentions(IReadOnlyList<string>? mentions)
    {
        if (mentions is null or [])
            return [];
        if (mentions.Count > _limits.MaxMentions)
            throw CollabException.InvalidRequest($"mentions has {mentions.Count} users; {_limits.MaxMentions} are allowed.");
        foreach (var userId in mentions)
            UserId(userId, "mentions");
        return [.. mentions.Distinct(StringComparer.Ordinal)];
    }

    public static string MessageType(string? type)
    {
        var given = Require.OptionalId(type, "messageType") ?? TextType;
        return given == ServersType ? throw CollabException.InvalidRequest("messageType 'system' is the server's own.") : given;
    }

    public static void UserId(string? userId, string name)
    {
        if (!CollabIdentity.IsValid(userId))
            throw CollabException.InvalidRequest($"{name}: a user's id has 1 to {CollabIdentity.MaxLength} UTF-16 code units and no control characters.");
    }

    public static void Emoji(string? emoji)
    {
        if (emoji is not { Length: > 0 and <= MaxEmojiLength } || emoji.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)) || DisplayText.HasDirection(emoji))
            throw CollabException.InvalidRequest($"emoji has 1 to {MaxEmojiLength} UTF-16 code units without spaces and control characters.");
    }

    /// <summary>The id of a room that is to be made by a user.</summary>
    public static void NewRoom(CreateRoomRequest request)
    {
        if (request.RoomId is not ['~', _, ..] || request.RoomId.StartsWith(DirectRooms.Prefix, StringComparison.Ordinal))
            throw CollabException.InvalidRequest($"roomId begins with ~ and not with {DirectRooms.Prefix}");
        if (Require.OptionalLabel(request.Name, "name") is { } name && DisplayText.HasDirection(name))
            throw CollabException.InvalidRequest("name has characters that change the direction of writing.");
        if (request.MemberIds is { Count: > ChatReader.MaxPage })
            throw CollabException.InvalidRequest($"memberIds has {request.MemberIds.Count} users; {ChatReader.MaxPage} are allowed.");
        foreach (var userId in request.MemberIds ?? [])
            UserId(userId, "memberIds");
    }
}
