using System.Text.Json.Nodes;

namespace RealtimeCollab.Server.Tests.Access.Matrix;

/// <summary>
/// What the calls of the table send. A call that is not here sends the ids of the scene, as its hub names them, or an empty object; one
/// that needs more is added below.
/// </summary>
internal static class AccessCalls
{
    private static readonly Dictionary<string, Func<AccessScene, object>> Arguments = new(StringComparer.Ordinal)
    {
        ["DocumentHub.SubmitOperation"] = scene => new { scene.DocumentId, operationId = Guid.NewGuid().ToString("N"), baseRevision = 1, operation = new JsonArray("x") },
        ["DocumentHub.UpdateSelection"] = scene => new { scene.DocumentId, revision = 1 },
        ["DocumentHub.GetOperations"] = scene => new { scene.DocumentId, fromRevision = 0 },
        ["DocumentHub.Heartbeat"] = scene => new { documentIds = new[] { scene.DocumentId } },
        ["ChatHub.SendMessage"] = scene => new { roomId = scene.DocumentId, clientMessageId = Guid.NewGuid().ToString("N"), content = "hello" },
        ["ChatHub.EditMessage"] = scene => new { roomId = scene.DocumentId, scene.MessageId, content = "hello again" },
        ["ChatHub.DeleteMessage"] = scene => new { roomId = scene.DocumentId, scene.MessageId },
        ["ChatHub.SetReaction"] = scene => new { roomId = scene.DocumentId, scene.MessageId, emoji = "👍", isSet = true },
        ["ChatHub.SetTyping"] = scene => new { roomId = scene.DocumentId, isTyping = true },
        ["ChatHub.MarkRead"] = scene => new { roomId = scene.DocumentId, sequence = 1 },
        ["ChatHub.GetMessages"] = scene => new { roomId = scene.DocumentId, limit = 10 },
        ["ChatHub.AcknowledgeNotifications"] = _ => new { ids = new[] { 1 } },
        ["ChatHub.CreateRoom"] = _ => new { roomId = "~" + Guid.NewGuid().ToString("N") },
        ["ChatHub.OpenDirectRoom"] = _ => new { userId = "somebody" },
        ["ChatHub.SetRoomMember"] = scene => new { scene.RoomId, userId = "somebody", role = "viewer" },
        ["ChatHub.Heartbeat"] = scene => new { roomIds = new[] { scene.DocumentId } },
        ["PresenceHub.SetStatus"] = _ => new { status = "busy" },
        ["PresenceHub.Watch"] = scene => new { documentIds = new[] { scene.DocumentId } },
        ["PresenceHub.GetPresence"] = _ => new { userIds = new[] { "owner" } },
        ["PresenceHub.Heartbeat"] = _ => new { active = true },
        ["POST /api/documents/{documentId}/versions"] = _ => new { name = "Draft" },
        ["POST /api/documents/{documentId}/restore"] = _ => new { revision = 0 },
        ["PUT /api/documents/{documentId}/members/{userId}"] = _ => new { role = "viewer" },
        ["POST /api/documents/{documentId}/links"] = _ => new { role = "viewer" },
        ["POST /api/links"] = scene => new { token = scene.LinkToken },
        ["POST /api/broadcasts"] = _ => new { text = "hello" },
        ["POST /api/webhooks/dead-letters/redeliver"] = _ => new { endpoint = "crm" },
        ["POST /api/webhooks/dead-letters/drop"] = _ => new { endpoint = "crm" },
        ["POST /dev/token"] = _ => new { userId = "somebody", userName = "Somebody" },
    };

    /// <summary>What comes before; what is refused there does not matter.</summary>
    private static readonly Dictionary<string, string> Before = new(StringComparer.Ordinal)
    {
        ["DocumentHub.SubmitOperation"] = "StartEditing",
        ["DocumentHub.UpdateSelection"] = "Subscribe",
        ["ChatHub.SetTyping"] = "JoinRoom",
    };

    public static object ArgumentOf(string call, AccessScene scene) =>
        Arguments.TryGetValue(call, out var argument) ? argument(scene)
        : call.StartsWith("DocumentHub.", StringComparison.Ordinal) ? new { scene.DocumentId }
        : call.StartsWith("ChatHub.", StringComparison.Ordinal) ? new { roomId = scene.DocumentId }
        : new { };

    public static string? MethodBefore(string call) => Before.GetValueOrDefault(call);
}
