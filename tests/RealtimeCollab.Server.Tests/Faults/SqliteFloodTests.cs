using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>The disk fills up, or the file cannot be written any more, under a server that clients flood; then it can be again.</summary>
public sealed class SqliteFloodTests
{
    [Fact]
    public Task Disk_FullInMidFlood_KeepsEditsAtTheClientsUntilThereIsRoom() =>
        FloodOverAsync(SqliteFaults.FillDiskAsync, SqliteFaults.MakeRoomAsync);

    [Fact]
    public Task Database_ReadOnlyInMidFlood_KeepsEditsAtTheClientsUntilItCanBeWritten() =>
        FloodOverAsync(SqliteFaults.MakeReadOnlyAsync, SqliteFaults.MakeWritableAsync);

    private static async Task FloodOverAsync(Func<TestApp, Task> breakStore, Func<TestApp, Task> mendStore)
    {
        await using var app = await TestApp.StartAsync(FloodedApp.Options(
            (services, root) => services.AddSqliteStorage($"Data Source={Path.Combine(root.FullName, "collab.db")}"),
            new SessionOptions { StorePatience = TimeSpan.FromMilliseconds(50) }));
        await using var flood = await app.FloodAsync(Flood.ChooseSeed());
        var log = app.Services.GetRequiredService<IOperationLog>();
        flood.Begin();
        await flood.Told.AcknowledgedAsync(more: 200);

        await breakStore(app);
        await flood.Told.RefusedAsync(more: 2 * flood.Typists.Count);
        Assert.Contains(flood.Typists, typist => typist.Document.HasUnsavedEdits);
        Assert.DoesNotContain(flood.Typists, typist => typist.Document is { State: DocumentState.Conflict } or { IsClosed: true });
        await new FloodAudit(flood, "broken").AssertNothingLostAsync(log);

        await mendStore(app);
        await flood.Told.AcknowledgedAsync(more: 200);
        await flood.EndAsync();
        Assert.Empty(flood.Told.OtherRefusals);
        await new FloodAudit(flood, "mended").AssertConvergedAsync(log);
    }
}
