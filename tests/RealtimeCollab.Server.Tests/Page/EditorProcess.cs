using System.Diagnostics;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>The WebEditor sample as people start it: a process of its own, with its data in a folder of its own.</summary>
internal sealed class EditorProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process _process;

    private EditorProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<EditorProcess> StartAsync(string dataFolder)
    {
        var process = new Process { StartInfo = StartInfo(dataFolder) };
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        void Read(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.Add(line.Data ?? "");
            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(new Uri(line.Data[(at + Listening.Length)..]));
        }

        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            lock (output)
                listening.TrySetException(new InvalidOperationException($"WebEditor ended: {string.Join('\n', output)}"));
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new EditorProcess(process, await listening.Task.WaitAsync(Patience.Limit));
    }

    /// <summary>Ends it without a warning, as a crash does.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string dataFolder)
    {
        // .../bin/RealtimeCollab.Server.Tests/debug: the sample lies beside it, built in the same way
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, "WebEditor", own.Name, "WebEditor.dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host)
        {
            ArgumentList = { assembly, "--contentRoot", Repository.PathOf("samples", "WebEditor"), "--urls", "http://127.0.0.1:0" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["RealtimeCollab__Storage__ConnectionString"] = $"Data Source={Path.Combine(dataFolder, "documents.db")}";
        start.Environment["RealtimeCollab__Auth__DevelopmentKeyFile"] = Path.Combine(dataFolder, "signing.key");
        return start;
    }
}
