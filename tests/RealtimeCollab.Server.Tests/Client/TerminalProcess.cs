using System.Diagnostics;
using System.Text;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The editor of the ConsoleEditor sample in a pseudo-terminal of <c>script</c>, as somebody at the keys sees it.</summary>
internal sealed class TerminalProcess : IAsyncDisposable
{
    private const string Script = "/usr/bin/script";

    private readonly Process _process;
    private readonly StringBuilder _shown = new();

    private TerminalProcess(Process process) => _process = process;

    public static TerminalProcess Start(string documentId, Uri server, string user, string token)
    {
        Assert.SkipUnless(File.Exists(Script), $"There is no {Script} on this machine.");
        var editor = $"'{ConsoleEditorSample.Host}' '{ConsoleEditorSample.Assembly}' edit {documentId} --server {server} --user {user} --token {token}";
        return new TerminalProcess(ConsoleEditorSample.Start(
            new ProcessStartInfo(Script, ["-qfec", $"stty rows 20 cols 100; exec {editor}", "/dev/null"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
                Environment = { ["TERM"] = "xterm-256color" },
            }));
    }

    /// <summary>Presses keys: text, or the bytes that a terminal sends for a key.</summary>
    public async Task PressAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until something new on the screen says so, from the last such moment on.</summary>
    public async Task ExpectShownAsync(string text)
    {
        var buffer = new char[4096];
        while (!_shown.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await _process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit);
            Assert.True(read > 0, $"The editor ended. It has shown: {_shown}");
            _shown.Append(buffer, 0, read);
        }

        _shown.Clear();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForEndAsync()
    {
        var rest = _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);
        await rest;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
