using System.Diagnostics.Metrics;

namespace RealtimeCollab.Client;

/// <summary>The meter <c>RealtimeCollab.Client</c>, over all clients of the process.</summary>
internal static class ClientMetrics
{
    private static readonly Meter Meter = new("RealtimeCollab.Client");

    private static readonly Counter<long> ChecksumMismatches = Meter.CreateCounter<long>(
        "realtimecollab.client.checksum_mismatches", "{mismatch}", "How often a document's content was found to differ from the server's at the same revision.");

    public static void CountChecksumMismatch() => ChecksumMismatches.Add(1);
}
