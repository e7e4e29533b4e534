namespace RealtimeCollab.LoadTester.Runs;

/// <summary>What a run is about.</summary>
/// <param name="Server">Null: one of the tester's own, with SQLite, that ends with the run.</param>
/// <param name="Tokens">Access tokens that clients take in turn; none: the server gives out development tokens.</param>
internal sealed record LoadTarget(Uri? Server, IReadOnlyList<string> Tokens);
