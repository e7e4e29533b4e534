namespace RealtimeCollab.LoadTester.Faults.Traffic;

/// <summary>The nodes of a cluster, and how people get in.</summary>
/// <param name="All">Their base addresses.</param>
/// <param name="GetTokenAsync">Gives the token of a person, by number.</param>
internal sealed record NodeAddresses(IReadOnlyList<Uri> All, Func<int, CancellationToken, ValueTask<string?>> GetTokenAsync);
