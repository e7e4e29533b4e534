using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>The WebEditor sample, with its data in a folder of its own.</summary>
internal static class EditorProcess
{
    /// <summary>Starts it on a free port.</summary>
    /// <param name="dataFolder">Of its database and of the key of its tokens.</param>
    /// <param name="settings">How it differs from the usual.</param>
    public static Task<ListeningProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string>? settings = null) => ListeningProcess.StartAsync(
        "WebEditor",
        ["--contentRoot", Repository.PathOf("samples", "WebEditor"), "--urls", "http://127.0.0.1:0"],
        new Dictionary<string, string>(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["RealtimeCollab__Storage__ConnectionString"] = settings?.GetValueOrDefault("RealtimeCollab__Storage__ConnectionString") ?? $"Data Source={Path.Combine(dataFolder, "documents.db")}",
            ["RealtimeCollab__Auth__DevelopmentKeyFile"] = Path.Combine(dataFolder, "signing.key"),
        });
}
