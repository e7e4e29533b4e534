using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Tests.Faults;

internal static class FloodedApp
{
    /// <summary>A server without a limit of operations a second.</summary>
    /// <param name="storage">Adds the store.</param>
    /// <param name="sessions">How sessions differ from the usual.</param>
    public static TestAppOptions Options(Action<IServiceCollection, DirectoryInfo> storage, SessionOptions sessions) => new()
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RealtimeCollab:Access:DefaultRole"] = "editor",
            ["RealtimeCollab:Limits:OperationsPerSecond"] = "0",
        },
        ConfigureServices = services => services.AddSingleton(sessions),
        Storage = storage,
    };

    public static Task<Flood> FloodAsync(this TestApp app, int seed) =>
        Flood.ConnectAsync(app.Address, user => app.GetTokenAsync(user), seed);
}
