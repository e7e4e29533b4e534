using System.Diagnostics;
using System.Globalization;

namespace RealtimeCollab.LocalServers;

/// <summary>A Redis server on a free port of 127.0.0.1, without a file: what it held is gone when it ends.</summary>
public sealed class RedisProcess : IDisposable
{
    private const string Program = "redis-server";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private Process? _process;

    /// <summary>Why there can be none; null if it is installed.</summary>
    public static string? FindMissing() =>
        Machine.FindFolderOf(Program) is null ? "Redis is not installed (redis-server was not found): install the package redis-server." : null;

    /// <summary>The same over restarts.</summary>
    public int Port { get; } = Machine.FreePort();

    /// <summary>Its address, as StackExchange.Redis takes it.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts it, empty, and waits until it takes connections.</summary>
    /// <exception cref="ServerMissingException">It is not installed, or ended at once.</exception>
    public async Task StartAsync()
    {
        if (FindMissing() is { } missing)
            throw new ServerMissingException(missing);
        string[] arguments = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        _process = process;
        using var patience = new CancellationTokenSource(StartPatience, TimeProvider.System);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal))
                continue;
            // it stops when nobody takes what it says
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }

        throw new ServerMissingException($"{Program} ended before it took connections.");
    }

    /// <summary>Asks it to end (SIGTERM), and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync();
        await process.WaitForExitAsync();
        Kill();
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => Kill();
}
