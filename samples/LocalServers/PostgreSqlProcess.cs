using System.Diagnostics;
using System.Globalization;

namespace RealtimeCollab.LocalServers;

/// <summary>A PostgreSQL server, made in a temporary folder, on a free port of 127.0.0.1.</summary>
public sealed class PostgreSqlProcess : IAsyncDisposable
{
    private const string User = "tests";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"realtimecollab-pg-{Guid.NewGuid():N}");
    private readonly string? _binaries = FindBinaries();
    private bool _isMade;

    /// <summary>Why there can be none; null if it is installed.</summary>
    public static string? FindMissing() =>
        FindBinaries() is null ? "PostgreSQL is not installed (initdb was not found): install the package postgresql." : null;

    /// <summary>The same over restarts.</summary>
    public int Port { get; } = Machine.FreePort();

    /// <summary>Makes it and starts it.</summary>
    /// <exception cref="ServerMissingException">It is not installed, or did not start.</exception>
    public async Task InitializeAsync()
    {
        if (FindMissing() is { } missing)
            throw new ServerMissingException(missing);
        await RunAsync("initdb", "-D", _folder, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        _isMade = true;
        await StartAsync();
    }

    /// <summary>Starts it, with what it had.</summary>
    public Task StartAsync() =>
        RunAsync("pg_ctl", "start", "-w", "-D", _folder, "-l", Path.Combine(_folder, "server.log"), "-o", $"-h 127.0.0.1 -p {Port} -k {_folder}");

    /// <summary>Ends it at once, as a crash would; what was committed is there after the next start.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "stop", "-w", "-D", _folder, "-m", "immediate");

    /// <summary>Makes an empty database, and gives its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"tests_{Guid.NewGuid():N}";
        await RunAsync("createdb", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, name);
        return string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Database={name};Timeout=5;Command Timeout=20;Maximum Pool Size=10");
    }

    /// <summary>Ends it, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isMade)
            return;
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindBinaries()
    {
        string[] installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return Machine.FindFolderOf("initdb", installed.OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")));
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        // PostgreSQL refuses to run as root
        var asRoot = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;
        string[] command = [.. asRoot ? new[] { "runuser", "-u", "postgres", "--" } : [], Path.Combine(_binaries!, program), .. arguments];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new ServerMissingException($"{program} ended with {process.ExitCode}. {output}");
    }
}
