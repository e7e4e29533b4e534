using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace RealtimeCollab.Testing;

/// <summary>
/// A PostgreSQL server of the tests' own: made in a temporary folder, on a free port of 127.0.0.1, stopped by its process id.
/// Where PostgreSQL is not installed, tests that ask for it are skipped with the reason; on a build machine (CI=true) they fail.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"realtimecollab-pg-{Guid.NewGuid():N}");
    private readonly int _port = FreePort();
    private string? _binaries;

    public int Port => _port;

    /// <summary>Why there is none.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _binaries = FindBinaries();
        if (_binaries is null)
        {
            Missing = "PostgreSQL is not installed (initdb was not found): install the package postgresql.";
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), Missing);
            return;
        }

        await RunAsync("initdb", "-D", _folder, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_binaries is null)
            return;

        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public Task StartAsync() =>
        RunAsync("pg_ctl", "start", "-w", "-D", _folder, "-l", Path.Combine(_folder, "server.log"), "-o", $"-h 127.0.0.1 -p {_port} -k {_folder}");

    /// <summary>Ends it at once, as a crash would; what was committed is there after the next start.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "stop", "-w", "-D", _folder, "-m", "immediate");

    /// <summary>The connection string of a new, empty database; skips the test if there is no server.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? string.Empty);

        var name = $"tests_{Guid.NewGuid():N}";
        await RunAsync("createdb", "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "tests", name);
        return ConnectionString(name);
    }

    private string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=tests;Database={database};Timeout=5;Command Timeout=20;Maximum Pool Size=10");

    private static string? FindBinaries()
    {
        string[] installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return installed.OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).Concat(path)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "initdb.exe" : "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}. {output}");
    }
}
