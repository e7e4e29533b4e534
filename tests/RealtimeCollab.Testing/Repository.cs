namespace RealtimeCollab.Testing;

/// <summary>Where the repository is, for tests that read its files.</summary>
public static class Repository
{
    /// <summary>The folder of RealtimeCollab.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path inside the repository.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RealtimeCollab.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("RealtimeCollab.sln is in none of the folders above the tests.");
    }
}
