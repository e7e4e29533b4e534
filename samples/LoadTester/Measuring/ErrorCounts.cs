using System.Collections.Concurrent;
using RealtimeCollab.Client;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>
/// What went wrong, by code. A server's refusal is counted once, when its Error comes over the wire, also where the client deals with it in
/// silence; what never reached the server is counted where it is caught. Safe for any thread.
/// </summary>
internal sealed class ErrorCounts
{
    /// <summary>The tester's own code: a client whose connection was cut did not come to rest within the time that a run waits.</summary>
    public const string NotRecovered = "not_recovered";

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Totals => new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);

    public long Total => _counts.Values.Sum();

    public void Count(string code) => _counts.AddOrUpdate(code, 1, static (_, count) => count + 1);

    /// <summary>Counts what a client gave up with, unless that came over the wire and so was counted there.</summary>
    public void CountCaught(CollabClientException error)
    {
        if (error.Code is CollabClientException.ConnectionLost or CollabClientException.ContentDiverged or ErrorCodes.Unauthenticated)
            Count(error.Code);
    }
}
