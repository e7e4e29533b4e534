using System.Diagnostics;

namespace RealtimeCollab.Benchmarks.Compare;

/// <summary>The JavaScript side, in <c>peers/</c>: its packages are installed when they are missing or others are wanted. Needs Node.</summary>
internal sealed class PeerScripts
{
    private readonly string _directory = FindDirectory();

    public static async Task<PeerScripts> InstallAsync()
    {
        var scripts = new PeerScripts();
        var (wanted, installed) = (Path.Combine(scripts._directory, "package-lock.json"), Path.Combine(scripts._directory, "node_modules", ".package-lock.json"));
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(wanted))
            await scripts.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]).ConfigureAwait(false);
        return scripts;
    }

    /// <summary>Runs one, and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public Task<string> ReadAsync(params string[] arguments) => RunAsync("node", arguments);

    /// <summary>Runs one that talks to the user itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ShowAsync(params string[] arguments)
    {
        using var process = Start("node", arguments, isRead: false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Start(program, arguments, isRead: true);
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }

    private Process Start(string program, string[] arguments, bool isRead) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _directory, RedirectStandardOutput = isRead, UseShellExecute = false })
        ?? throw new InvalidOperationException($"{program} did not start.");

    private static string FindDirectory()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var peers = Path.Combine(directory.FullName, "tests", "RealtimeCollab.Benchmarks", "peers");
            if (Directory.Exists(peers))
                return peers;
        }

        throw new InvalidOperationException("Run it from a build inside the repository.");
    }
}
