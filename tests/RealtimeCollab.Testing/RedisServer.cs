using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace RealtimeCollab.Testing;

/// <summary>
/// A Redis server of the tests' own, on a free port of 127.0.0.1, without a file, ended by its process id. Where Redis is not installed, tests
/// that ask for it are skipped with the reason; on a build machine (CI=true) they fail.
/// </summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>Why there is none.</summary>
    public string? Missing { get; private set; }

    /// <summary>Its address; skips the test if there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(Missing is not null, Missing ?? string.Empty);
            return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");
        }
    }

    public async ValueTask InitializeAsync()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (!path.Any(folder => File.Exists(Path.Combine(folder, "redis-server"))))
        {
            Missing = "Redis is not installed (redis-server was not found): install the package redis-server.";
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), Missing);
            return;
        }

        await StartAsync();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts it, empty.</summary>
    public async Task StartAsync()
    {
        string[] arguments = ["--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var patience = new CancellationTokenSource(StartPatience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal))
                continue;
            // it stops when nobody takes what it says
            _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }

        Assert.Fail($"redis-server ended with {_process.ExitCode}.");
    }

    /// <summary>Ends it at once; all that it held is gone.</summary>
    public void Kill()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
