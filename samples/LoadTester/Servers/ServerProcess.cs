using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RealtimeCollab.LoadTester.Servers;

/// <summary>
/// A server in a process of its own, which can be killed as a power cut would and started again on the same port with the
/// same data. It ends by itself when this process does.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly int _operationsPerSecond;
    private Process? _process;

    private ServerProcess(DirectoryInfo data, int operationsPerSecond, Process process, Uri address)
    {
        (_data, _operationsPerSecond, _process) = (data, operationsPerSecond, process);
        Address = address;
    }

    /// <summary>The same over restarts.</summary>
    public Uri Address { get; }

    /// <summary>What the server has used of processors since it was last started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process?.Refresh();
            return _process?.TotalProcessorTime ?? TimeSpan.Zero;
        }
    }

    /// <summary>The server's working set, in bytes; 0 while it is dead.</summary>
    public long MemoryBytes
    {
        get
        {
            _process?.Refresh();
            return _process?.WorkingSet64 ?? 0;
        }
    }

    /// <summary>The SQLite file, for whoever wants to read it while the server is dead.</summary>
    public string DatabasePath => Path.Combine(_data.FullName, CollabServer.DatabaseFile);

    /// <summary>Starts a server with a database of its own, and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(int operationsPerSecond, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("realtimecollab-");
        var (process, address) = await StartAsync(data, port: 0, operationsPerSecond, cancellationToken);
        return new ServerProcess(data, operationsPerSecond, process, address);
    }

    /// <summary>Ends the process at once (SIGKILL): nothing is flushed, nobody is told.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;

        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        process.Dispose();
    }

    /// <summary>Starts again after <see cref="KillAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken) =>
        (_process, _) = await StartAsync(_data, Address.Port, _operationsPerSecond, cancellationToken);

    /// <summary>A token for a user, as the Development environment gives them out.</summary>
    public async Task<string> GetTokenAsync(string userId, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var response = await http.PostAsJsonAsync("/dev/token", new { userId, userName = userId }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return (string)answer!["token"]!;
    }

    /// <summary>Ends the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        _data.Delete(recursive: true);
    }

    private static async Task<(Process Process, Uri Address)> StartAsync(
        DirectoryInfo data, int port, int operationsPerSecond, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "exec", typeof(ServerProcess).Assembly.Location, "serve",
            "--data", data.FullName,
            "--port", port.ToString(CultureInfo.InvariantCulture),
            "--operations-per-second", operationsPerSecond.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var process = Process.Start(start) ?? throw new InvalidOperationException("The server's process did not start.");
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return address is null
            ? throw new InvalidOperationException("The server ended before it listened.")
            : (process, new Uri(address));
    }
}
