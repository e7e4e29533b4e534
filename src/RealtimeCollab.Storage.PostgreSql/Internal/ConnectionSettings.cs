using System.Data.Common;
using Npgsql;

namespace RealtimeCollab.Storage.PostgreSql.Internal;

/// <summary>The user's connection string, and where it says nothing, times that suit a server whose network may fall silent; decision 0160.</summary>
internal sealed class ConnectionSettings
{
    private const string CommandTimeout = "Command Timeout";
    private const int ConnectSeconds = 5;
    private const int KeepAliveSeconds = 5;

    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(4);

    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public ConnectionSettings(string connectionString)
    {
        Npgsql = new NpgsqlConnectionStringBuilder(connectionString);
        // what it writes again is what it was given, by one name each
        var given = new DbConnectionStringBuilder { ConnectionString = Npgsql.ConnectionString };
        if (!given.ContainsKey("Timeout"))
            Npgsql.Timeout = ConnectSeconds;
        if (!given.ContainsKey("Keepalive"))
            Npgsql.KeepAlive = KeepAliveSeconds;
        Patience = !given.ContainsKey(CommandTimeout) ? DefaultPatience
            : Npgsql.CommandTimeout == 0 ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromSeconds(Npgsql.CommandTimeout);
    }

    /// <summary>For the connections.</summary>
    public NpgsqlConnectionStringBuilder Npgsql { get; }

    /// <summary>How long an answer is waited for that somebody waits for: the string's command timeout if it has one.</summary>
    public TimeSpan Patience { get; }
}
