using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>A server in a process of its own, on a core of its own where the machine lets us choose, whose processor time can be read.</summary>
internal sealed class MeasuredServer : IDisposable
{
    private readonly Process _process;

    private MeasuredServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>User and system time since the process started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>In bytes.</summary>
    public long ResidentMemory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<MeasuredServer> StartAsync(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        // without a core of its own a server counts itself as larger than it is: .NET sizes its pools by the cores that it sees
        var start = new ProcessStartInfo("taskset") { UseShellExecute = false };
        foreach (var argument in (string[])["-c", "0", "dotnet", assembly, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{assembly} did not start.");
        using var http = new HttpClient();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "/health/live"));
                return new MeasuredServer(process, address);
            }
            catch (HttpRequestException) when (attempt < 300 && !process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    /// <summary>Leaves the other cores to the server. Does nothing where the system cannot.</summary>
    public static void KeepToCore(Process process, int core)
    {
        if ((OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) && core < Environment.ProcessorCount)
            process.ProcessorAffinity = 1 << core;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
