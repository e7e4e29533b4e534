using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>Writes deliveries in the transaction of what they tell.</summary>
internal static class WebhookRecording
{
    /// <summary>Inside the writer's transaction. Returns how many were not there yet.</summary>
    public static int Record(this SqliteConnection connection, IReadOnlyList<WebhookDelivery> deliveries) =>
        deliveries.Count == 0 ? 0 : connection.Execute(WebhookRow.Insert, deliveries.Select(WebhookRow.From));
}
