using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteMembershipStore(SqliteDatabase database) : IMembershipStore
{
    private const string FindRoleSql = $"SELECT role FROM members WHERE document = {DocumentSql.Number} AND user_id = @userId";

    private const string WriteSql = "INSERT INTO members VALUES (@number, @userId, @role) ON CONFLICT (document, user_id) DO UPDATE SET role = excluded.role";

    public ValueTask<MemberRole?> FindRoleAsync(string documentId, string incarnation, string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            reader => (MemberRole?)reader.Connection.QuerySingleOrDefault<long?>(FindRoleSql, new { documentId, incarnation, userId }), cancellationToken);

    public ValueTask<IReadOnlyList<DocumentMember>> ListAsync(
        string documentId, string incarnation, string afterUserId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return database.ReadAsync<IReadOnlyList<DocumentMember>>(
            reader =>
            [
                .. reader.Connection.Query<(string UserId, long Role)>(
                    $"""
                    SELECT user_id, role FROM members WHERE document = {DocumentSql.Number} AND user_id > @afterUserId
                    ORDER BY user_id LIMIT @limit
                    """,
                    new { documentId, incarnation, afterUserId, limit }).Select(row => new DocumentMember(row.UserId, (MemberRole)row.Role)),
            ],
            cancellationToken);
    }

    public ValueTask<MembershipChange> SetAsync(
        string documentId, string incarnation, string userId, MemberRole role, long? membershipVersion, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => Change(connection, documentId, incarnation, userId, role, membershipVersion), cancellationToken);

    public ValueTask<MembershipChange> RaiseAsync(
        string documentId, string incarnation, string userId, MemberRole role, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => Change(connection, documentId, incarnation, userId, role, membershipVersion: null, onlyRaise: true), cancellationToken);

    public ValueTask<MembershipChange> RemoveAsync(
        string documentId, string incarnation, string userId, long? membershipVersion, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => Change(connection, documentId, incarnation, userId, role: null, membershipVersion), cancellationToken);

    public async ValueTask ImportAsync(
        string documentId, string incarnation, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection => FindNumber(connection, documentId, incarnation) is { } number
                ? connection.Execute(WriteSql, members.Select(member => new { number, userId = member.UserId, role = (long)member.Role }))
                : 0,
            cancellationToken);

    /// <summary>Inside the writer's transaction.</summary>
    private static MembershipChange Change(
        SqliteConnection connection, string documentId, string incarnation, string userId, MemberRole? role, long? membershipVersion, bool onlyRaise = false)
    {
        if (FindNumber(connection, documentId, incarnation) is not { } number)
            return MembershipChange.NoDocument;
        if (membershipVersion is { } expected && expected != connection.ExecuteScalar<long>("SELECT membership_version FROM documents WHERE number = @number", new { number }))
            return MembershipChange.Overtaken;

        var present = (MemberRole?)connection.QuerySingleOrDefault<long?>(
            "SELECT role FROM members WHERE document = @number AND user_id = @userId", new { number, userId });
        var change = MembershipRule.Decide(present, role, onlyRaise, () => connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM members WHERE document = @number AND user_id <> @userId AND role = @owner)",
            new { number, userId, owner = (long)MemberRole.Owner }));
        if (change != MembershipChange.Changed)
            return change;

        if (role is { } given)
            connection.Execute(WriteSql, new { number, userId, role = (long)given });
        else
            connection.Execute("DELETE FROM members WHERE document = @number AND user_id = @userId", new { number, userId });
        connection.Execute("UPDATE documents SET membership_version = membership_version + 1 WHERE number = @number", new { number });
        return change;
    }

    private static long? FindNumber(SqliteConnection connection, string documentId, string incarnation) =>
        connection.QuerySingleOrDefault<long?>($"SELECT {DocumentSql.Number}", new { documentId, incarnation });
}
