using RealtimeCollab.LoadTester.Faults.Cluster;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.LoadTester.Faults.Traffic;

namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>What faults hit.</summary>
/// <param name="Cluster">The servers.</param>
/// <param name="Addresses">The way of people to the nodes.</param>
/// <param name="Recorder">Notes what those do who come with a fault.</param>
/// <param name="DocumentId">A document that people have open on all nodes.</param>
internal sealed record FaultSite(LocalCluster Cluster, NodeAddresses Addresses, RunRecorder Recorder, string DocumentId)
{
    /// <summary>Lets time pass.</summary>
    public static Task HoldAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, TimeProvider.System, cancellationToken);
}
