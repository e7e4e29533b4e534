namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>The statement parts by which notifications get their numbers, alone or with the messages that they are about.</summary>
internal static class NotificationSql
{
    /// <summary>
    /// Goes on from a table expression <c>wanted</c> with the columns user_id, type, text, room, sequence, created_at and place, a
    /// number that orders them. Counters are moved in the order of the users, so that no two transactions wait for each other.
    /// </summary>
    public const string Add = """
        counted AS (
            INSERT INTO realtimecollab.notification_counters AS c (user_id, last_id)
            SELECT user_id, count(*) FROM wanted GROUP BY user_id ORDER BY user_id
            ON CONFLICT (user_id) DO UPDATE SET last_id = c.last_id + excluded.last_id
            RETURNING user_id, last_id
        ), added AS (
            INSERT INTO realtimecollab.notifications (user_id, id, type, text, room, sequence, created_at)
            SELECT w.user_id, c.last_id + 1 - row_number() OVER (PARTITION BY w.user_id ORDER BY w.place DESC), w.type, w.text, w.room, w.sequence, w.created_at
            FROM wanted AS w JOIN counted AS c ON c.user_id = w.user_id
            RETURNING user_id, id
        )
        """;
}
