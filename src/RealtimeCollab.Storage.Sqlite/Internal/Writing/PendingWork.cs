using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>Any write that is not an append. It refuses, if it does, before it writes.</summary>
internal sealed class PendingWork<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    : PendingWrite<T>(cancellationToken)
{
    public override void Execute(WriterConnection connection)
    {
        Refusal = null;
        try
        {
            Result = work(connection.Connection);
        }
        catch (CollabException refusal)
        {
            Refusal = refusal;
        }
    }
}
