using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.CrossLanguage;

/// <summary>The TypeScript client, in a process of Node.js.</summary>
internal sealed class NodeTypist : ITypist
{
    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);

    private NodeTypist(Process process, char firstMark) => (_process, FirstMark) = (process, firstMark);

    public char FirstMark { get; }

    public static async Task<NodeTypist> StartAsync(Uri server, string token, string[] documentIds, char firstMark, int seed)
    {
        string[] arguments =
        [
            Repository.PathOf("tests", "RealtimeCollab.Server.Tests", "CrossLanguage", "typist.mjs"),
            Repository.PathOf("src", "realtimecollab-js", "dist", "index.js"),
            server.AbsoluteUri.TrimEnd('/'),
            token,
            string.Join(',', documentIds),
            ((int)firstMark).ToString(CultureInfo.InvariantCulture),
            seed.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var typist = new NodeTypist(Process.Start(start) ?? throw new InvalidOperationException("Node.js did not start."), firstMark);
        Assert.True((bool?)(await typist.ReadAsync())["ready"]);
        return typist;
    }

    public Task TypeAsync(string documentId, int edits) => OrderAsync(string.Create(CultureInfo.InvariantCulture, $"type {documentId} {edits}"));

    public Task UndoAllAsync(string documentId) => OrderAsync($"undoAll {documentId}");

    public async Task<Shown> ReportAsync(string documentId, long revision)
    {
        var shown = await OrderAsync(string.Create(CultureInfo.InvariantCulture, $"report {documentId} {revision}"));
        return new Shown((long)shown["revision"]!, (string)shown["text"]!, (string)shown["hash"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _turn.Dispose();
    }

    /// <summary>One order at a time: answers carry no numbers.</summary>
    private async Task<JsonNode> OrderAsync(string order)
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await _process.StandardInput.WriteLineAsync(order);
            await _process.StandardInput.FlushAsync();
            var answer = await ReadAsync();
            Assert.True(answer["error"] is null, $"The TypeScript client failed: {answer["error"]}");
            return answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<JsonNode> ReadAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit);
        return JsonNode.Parse(line ?? throw new InvalidOperationException("The TypeScript client ended."))!;
    }
}
