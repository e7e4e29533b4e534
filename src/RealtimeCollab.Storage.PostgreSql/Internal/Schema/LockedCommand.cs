using Dapper;
using Npgsql;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>Runs a statement about one document with the document's row locked.</summary>
internal static class LockedCommand
{
    /// <summary>The row that the statement returns, or null.</summary>
    /// <param name="connection">Outside a transaction.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Of both; @documentId and @incarnation are among them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<DocumentRow?> ExecuteAsync(
        NpgsqlConnection connection, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            DocumentSql.Lock + sql, parameters, cancellationToken: cancellationToken));
        await results.ReadAsync<long>();
        return await results.ReadSingleOrDefaultAsync<DocumentRow>();
    }
}
