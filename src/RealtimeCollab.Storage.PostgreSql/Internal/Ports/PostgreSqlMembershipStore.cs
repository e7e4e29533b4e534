using Dapper;
using Npgsql;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlMembershipStore(PostgreSqlDatabase database) : IMembershipStore
{
    private const short Removed = -1;
    private const long AnyVersion = -1;

    private const string FromMembers = $"""
        FROM realtimecollab.documents AS d JOIN realtimecollab.members AS m ON m.document = d.number WHERE {DocumentSql.IsCurrent}
        """;

    // the rule of MembershipRule.Decide in SQL, so that no lock waits for this process; @role is -1 to take the member out, @version -1 for any
    private const string ChangeSql = $"""
        {DocumentSql.Lock}WITH d AS (
            SELECT d.number, @version IN (-1, d.membership_version) AS expected FROM realtimecollab.documents AS d WHERE {DocumentSql.IsCurrent}
        ), present AS (
            SELECT coalesce((SELECT m.role FROM d JOIN realtimecollab.members AS m ON m.document = d.number WHERE m.user_id = @userId), -1) AS role
        ), other AS (
            SELECT d.number FROM d, present WHERE d.expected AND present.role <> @role AND NOT (@onlyRaise AND (present.role = 0 OR present.role > @role))
        ), changed AS (
            SELECT other.number FROM other, present WHERE present.role <> @owner OR EXISTS (
                SELECT FROM realtimecollab.members AS o WHERE o.document = other.number AND o.user_id <> @userId AND o.role = @owner)
        ), taken AS (
            DELETE FROM realtimecollab.members AS m USING changed WHERE @role < 0 AND m.document = changed.number AND m.user_id = @userId
        ), given AS (
            INSERT INTO realtimecollab.members (document, user_id, role) SELECT changed.number, @userId, @role FROM changed WHERE @role >= 0
            ON CONFLICT (document, user_id) DO UPDATE SET role = excluded.role
        ), moved AS (
            UPDATE realtimecollab.documents AS t SET membership_version = t.membership_version + 1 FROM changed WHERE t.number = changed.number
        )
        SELECT CASE WHEN NOT EXISTS (SELECT FROM d) THEN 0 WHEN EXISTS (SELECT FROM d WHERE NOT d.expected) THEN 4 WHEN NOT EXISTS (SELECT FROM other) THEN 2 WHEN NOT EXISTS (SELECT FROM changed) THEN 1 ELSE 3 END
        """;

    private const string ImportSql = $"""
        INSERT INTO realtimecollab.members (document, user_id, role)
        SELECT d.number, m.user_id, m.role FROM realtimecollab.documents AS d, unnest(@userIds, @roles) AS m (user_id, role) WHERE {DocumentSql.IsCurrent}
        ON CONFLICT (document, user_id) DO UPDATE SET role = excluded.role
        """;

    public ValueTask<MemberRole?> FindRoleAsync(string documentId, string incarnation, string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) => (MemberRole?)await connection.QuerySingleOrDefaultAsync<short?>(new CommandDefinition(
                $"SELECT m.role {FromMembers} AND m.user_id = @userId", new { documentId, incarnation, userId }, cancellationToken: token)),
            cancellationToken);

    public ValueTask<IReadOnlyList<DocumentMember>> ListAsync(
        string documentId, string incarnation, string afterUserId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return database.ReadAsync<IReadOnlyList<DocumentMember>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<(string UserId, short Role)>(new CommandDefinition(
                    $"SELECT m.user_id, m.role {FromMembers} AND m.user_id > @afterUserId ORDER BY m.user_id LIMIT @limit",
                    new { documentId, incarnation, afterUserId, limit },
                    cancellationToken: token))).Select(row => new DocumentMember(row.UserId, (MemberRole)row.Role)),
            ],
            cancellationToken);
    }

    public ValueTask<MembershipChange> SetAsync(
        string documentId, string incarnation, string userId, MemberRole role, long? membershipVersion, CancellationToken cancellationToken) =>
        ChangeAsync(documentId, incarnation, userId, (short)role, onlyRaise: false, membershipVersion, cancellationToken);

    public ValueTask<MembershipChange> RaiseAsync(
        string documentId, string incarnation, string userId, MemberRole role, CancellationToken cancellationToken) =>
        ChangeAsync(documentId, incarnation, userId, (short)role, onlyRaise: true, membershipVersion: null, cancellationToken);

    public ValueTask<MembershipChange> RemoveAsync(
        string documentId, string incarnation, string userId, long? membershipVersion, CancellationToken cancellationToken) =>
        ChangeAsync(documentId, incarnation, userId, Removed, onlyRaise: false, membershipVersion, cancellationToken);

    public async ValueTask ImportAsync(
        string documentId, string incarnation, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            documentId,
            incarnation,
            userIds = members.Select(member => member.UserId).ToArray(),
            roles = members.Select(member => (short)member.Role).ToArray(),
        };
        await database.WriteAsync(
            (connection, token) => connection.ExecuteAsync(new CommandDefinition(ImportSql, parameters, cancellationToken: token)), cancellationToken);
    }

    private ValueTask<MembershipChange> ChangeAsync(
        string documentId, string incarnation, string userId, short role, bool onlyRaise, long? membershipVersion, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            documentId, incarnation, userId, role, onlyRaise, owner = (short)MemberRole.Owner, version = membershipVersion ?? AnyVersion,
        };
        return database.WriteAsync((connection, token) => ChangeAsync(connection, parameters, token), cancellationToken);
    }

    private static async Task<MembershipChange> ChangeAsync(NpgsqlConnection connection, object parameters, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(ChangeSql, parameters, cancellationToken: cancellationToken));
        await results.ReadAsync<long>();
        return (MembershipChange)await results.ReadSingleAsync<int>();
    }
}
