using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>
/// A node stands still while others write so much into a document that it has open that the history it would go on from is compacted away.
/// </summary>
internal sealed class NodeLeftBehind(int index) : IFault
{
    private const int Writers = 8;
    private const int MostLines = 2_500;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"SIGSTOP of node {index + 1} across a compaction");

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) =>
        NodePaused.WhilePausedAsync(site.Cluster.Nodes[index], () => CompactAsync(site, cancellationToken));

    private async Task CompactAsync(FaultSite site, CancellationToken cancellationToken)
    {
        var others = site.Addresses with { All = [.. site.Addresses.All.Where((_, other) => other != index)] };
        using var http = new HttpClient { BaseAddress = others.All[0] };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await others.GetTokenAsync(0, cancellationToken));
        var head = (await http.GetFromJsonAsync<DocumentRevision>($"/api/documents/{site.DocumentId}", ProtocolJson.Options, cancellationToken))!.Revision;
        var isCompacted = false;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ =>
            Visitors.WriteAsync(site, others, MostLines, () => Volatile.Read(ref isCompacted), cancellationToken)));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        while (!writing.IsCompleted && !isCompacted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            Volatile.Write(ref isCompacted, await IsGoneAsync(http, site.DocumentId, head, cancellationToken));
        }

        await writing;
        if (!isCompacted)
            throw new InvalidOperationException($"{Writers * MostLines} lines did not compact the document's history.");
    }

    /// <summary>What came after a revision is not whole any more.</summary>
    private static async Task<bool> IsGoneAsync(HttpClient http, string documentId, long revision, CancellationToken cancellationToken)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"/api/documents/{documentId}/operations?from={revision}&to={revision + 1}");
        using var response = await http.GetAsync(address, cancellationToken);
        return response.StatusCode == HttpStatusCode.Gone;
    }
}
