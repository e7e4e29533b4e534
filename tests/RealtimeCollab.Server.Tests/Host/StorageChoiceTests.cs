using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Host;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Tests.Host;

public sealed class StorageChoiceTests
{
    [Theory]
    [InlineData(null, "Data Source=x.db", "SqliteOperationLog")]
    [InlineData("sqlite", null, "SqliteOperationLog")]
    [InlineData("PostgreSql", "Host=db", "PostgreSqlOperationLog")]
    [InlineData("memory", null, null)]
    public void Provider_ThatExists_RegistersItsStore(string? provider, string? connectionString, string? log)
    {
        var services = new ServiceCollection().AddConfiguredStorage(Settings(provider, connectionString));

        Assert.Equal(log, services.Single(service => service.ServiceType == typeof(IOperationLog)).ImplementationType?.Name);
    }

    [Theory]
    [InlineData("mongodb", null, "RealtimeCollab:Storage:Provider")]
    [InlineData("postgresql", null, "RealtimeCollab:Storage:ConnectionString")]
    public void Setting_ThatIsWrongOrMissing_IsNamed(string provider, string? connectionString, string setting)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddConfiguredStorage(Settings(provider, connectionString)));

        Assert.Contains(setting, refusal.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(string? provider, string? connectionString) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["RealtimeCollab:Storage:Provider"] = provider,
            ["RealtimeCollab:Storage:ConnectionString"] = connectionString,
        }).Build();
}
