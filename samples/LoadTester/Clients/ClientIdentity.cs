namespace RealtimeCollab.LoadTester.Clients;

/// <summary>One client of a run: on all hubs the same device of the same user.</summary>
/// <param name="Number">From 0 on; which token it takes if tokens were given.</param>
/// <param name="RunId">Random, so that clients of two runs are never taken for one.</param>
internal sealed record ClientIdentity(int Number, string RunId)
{
    public string ClientId { get; } = $"load-{RunId}-{Number}";

    /// <summary>The user, where the server gives out tokens for the asking.</summary>
    public string UserId => ClientId;
}
