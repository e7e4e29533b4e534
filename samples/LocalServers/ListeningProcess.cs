using System.Diagnostics;
using System.Globalization;

namespace RealtimeCollab.LocalServers;

/// <summary>A server of this repository as people start it: a process of its own, which says where it listens.</summary>
public sealed class ListeningProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly List<string> _output = [];

    private ListeningProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it has said so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts an assembly that lies beside that of this program, built in the same way, and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before; the message holds what it said.</exception>
    public static async Task<ListeningProcess> StartAsync(string name, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, name + ".dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [assembly, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        var server = new ListeningProcess(new Process { StartInfo = start });
        await server.StartAsync();
        return server;
    }

    /// <summary>Tells it to end, as an orchestrator does (SIGTERM), and waits until it has.</summary>
    /// <returns>Its exit code, and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan Duration)> TerminateAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        await SignalAsync("TERM");
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return (_process.ExitCode, TimeProvider.System.GetElapsedTime(since));
    }

    /// <summary>Lets it stand still (SIGSTOP): it does nothing, and nothing is closed.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Ends it without a warning, as a crash does (SIGKILL).</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task StartAsync()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(object sender, DataReceivedEventArgs line)
        {
            lock (_output)
                _output.Add(line.Data ?? "");
            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(new Uri(line.Data[(at + Listening.Length)..]));
        }

        _process.OutputDataReceived += Read;
        _process.ErrorDataReceived += Read;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The server ended: {Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(Patience, TimeProvider.System);
    }
}
