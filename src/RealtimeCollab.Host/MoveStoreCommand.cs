using System.CommandLine;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Transfer;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Host;

/// <summary><c>move-store --from … --to …</c>: copies a SQLite store with its whole history to PostgreSQL and compares both by hash.</summary>
internal static class MoveStoreCommand
{
    public const string Name = "move-store";

    public static RootCommand Create()
    {
        var from = new Option<string>("--from")
        {
            Description = "Connection string of the SQLite store, such as 'Data Source=data/realtimecollab.db'. Stop its server first.",
            Required = true,
        };
        var to = new Option<string>("--to")
        {
            Description = "Connection string of the PostgreSQL database, such as 'Host=db;Database=collab;Username=collab'.",
            Required = true,
        };
        var command = new RootCommand("Copies all documents with their history, the chat, and what webhooks are still to tell, from SQLite to PostgreSQL, and compares the stores by hash. Can be run again after it broke off.")
        {
            from, to,
        };
        command.SetAction((parsed, cancellationToken) => MoveAsync(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), cancellationToken));
        return command;
    }

    private static async Task<int> MoveAsync(string from, string to, CancellationToken cancellationToken)
    {
        // opening a SQLite store makes the file if there is none: a mistyped name would be moved as an empty store
        var file = new SqliteConnectionStringBuilder(from).DataSource;
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"--from names the file '{file}', which does not exist.");
            return 1;
        }

        await using var source = new ServiceCollection().AddLogging().AddSqliteStorage(from).BuildServiceProvider();
        await using var target = new ServiceCollection().AddLogging().AddPostgreSqlStorage(to).BuildServiceProvider();
        var progress = new ProgressLine(Console.Out);
        try
        {
            var report = await new StoreTransfer(PortsOf(source), PortsOf(target)).RunAsync(progress, cancellationToken);
            progress.End();
            await Console.Out.WriteLineAsync(
                $"Moved and verified {report.Documents} documents, {report.Tombstones} tombstones, {report.Operations} operations, {report.Rooms} rooms, {report.Messages} messages. SHA-256 {report.Digest}");
            return 0;
        }
        catch (Exception failure) when (failure is StoreTransferException or InvalidOperationException or CollabException)
        {
            progress.End();
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static StorePorts PortsOf(IServiceProvider services) => new(
        services.GetRequiredService<IOperationLog>(),
        services.GetRequiredService<ISnapshotStore>(),
        services.GetRequiredService<IVersionStore>(),
        services.GetRequiredService<IMembershipStore>(),
        services.GetRequiredService<IShareLinkStore>(),
        services.GetRequiredService<IStoreArchive>(),
        new ChatPorts(
            services.GetRequiredService<IMessageStore>(),
            services.GetRequiredService<IRoomMemberStore>(),
            services.GetRequiredService<INotificationStore>(),
            services.GetRequiredService<IChatArchive>()),
        services.GetRequiredService<IWebhookArchive>());
}
