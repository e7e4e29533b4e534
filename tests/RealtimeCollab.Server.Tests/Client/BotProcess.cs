using System.Diagnostics;
using System.Globalization;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The bot of the ConsoleEditor sample, in a process of its own that can be killed.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private readonly Process _process;

    private BotProcess(Process process) => _process = process;

    public static BotProcess Start(string documentId, Uri server, string user, DirectoryInfo edits)
    {
        string[] arguments =
        [
            ConsoleEditorSample.Assembly, "bot", documentId, "--server", server.AbsoluteUri, "--user", user, "--edits", edits.FullName, "--words", "100000", "--pause", "1",
        ];
        return new BotProcess(ConsoleEditorSample.Start(new ProcessStartInfo(ConsoleEditorSample.Host, arguments) { RedirectStandardOutput = true, UseShellExecute = false }));
    }

    /// <summary>Reads what it says, until a line says so.</summary>
    public async Task<string> ReadUntilAsync(Func<string, bool> condition)
    {
        while (true)
        {
            var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit);
            if (line is null || condition(line))
                return line ?? throw new InvalidOperationException("The bot ended.");
        }
    }

    /// <summary>Reads until it has kept so many more words.</summary>
    /// <returns>The number of the last word.</returns>
    public async Task<int> ReadKeptAsync(int words)
    {
        var last = "";
        for (var i = 0; i < words; i++)
            last = await ReadUntilAsync(line => line.StartsWith("kept ", StringComparison.Ordinal));

        return int.Parse(last["kept ".Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
