using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Host;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.Sqlite;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Host;

public sealed class MoveStoreCommandTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("realtimecollab-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MoveStore_RunTwice_BringsTheWholeHistoryOnce()
    {
        var (source, target) = ($"Data Source={Path.Combine(_folder.FullName, "collab.db")}", await server.CreateDatabaseAsync());
        await using (var services = new ServiceCollection().AddLogging().AddSqliteStorage(source).BuildServiceProvider())
            await WriteAsync(services.GetRequiredService<IOperationLog>());

        Assert.Equal(0, await RunAsync(source, target));
        Assert.Equal(0, await RunAsync(source, target));

        await using var moved = new ServiceCollection().AddLogging().AddPostgreSqlStorage(target).BuildServiceProvider();
        var log = moved.GetRequiredService<IOperationLog>();
        var entries = await log.ReadAsync("notes", 0, 10, Cancellation);
        Assert.Equal(["[\"Hello\"]", "[5,\"!\"]"], entries.Select(entry => entry.Operation.ToString()));
        Assert.Equal(2, (await log.FindAsync("notes", Cancellation))!.Revision);
    }

    [Fact]
    public async Task MoveStore_FromAFileThatIsNot_SaysSoAndMakesNone()
    {
        var file = Path.Combine(_folder.FullName, "mistyped.db");

        Assert.Equal(1, await RunAsync($"Data Source={file}", "Host=127.0.0.1;Port=1"));

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task MoveStore_WithoutItsOptions_Fails() =>
        Assert.NotEqual(0, await MoveStoreCommand.Create().Parse([]).InvokeAsync(cancellationToken: Cancellation));

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<int> RunAsync(string from, string to) =>
        MoveStoreCommand.Create().Parse(["--from", from, "--to", to]).InvokeAsync(cancellationToken: Cancellation);

    private static async Task WriteAsync(IOperationLog log)
    {
        var document = new NewDocument("notes", "incarnation", ContentType.Text, "ada", DateTimeOffset.UnixEpoch);
        await log.CreateAsync(document, new NewEntry("client", "one", TextOperation.Replace(0, 0, 0, "Hello")), Cancellation);
        var second = document.ToEntry(new NewEntry("client", "two", TextOperation.Replace(5, 5, 0, "!")), revision: 2);
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(new AppendBatch("notes", "incarnation", 1, [second]), Cancellation));
    }
}
