using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client.Replica;

/// <summary>What a refusal asks of the client.</summary>
internal enum Remedy
{
    /// <summary>Say the same again, later.</summary>
    Retry,

    /// <summary>Join the document again: the server has forgotten the connection, or may be behind the store.</summary>
    Rejoin,

    /// <summary>The server's history does not lead on from the client's; only a whole snapshot does.</summary>
    TakeSnapshot,

    /// <summary>The same call will never be accepted.</summary>
    GiveUp,
}

internal static class Refusals
{
    // "not committed" may pass, but a call that fails this often is refused in fact
    private const int MostFailedOperations = 5;

    // a node may be a second or two behind the store: only one that stays behind has lost what the client has seen
    private const int MostTimesBehind = 4;

    /// <summary>The server is going, or takes the connection's token no more: another connection leads to another server, with another token.</summary>
    public static bool AsksForAnotherConnection(string code) => code is ErrorCodes.ServerDraining or ErrorCodes.Unauthenticated;

    public static Remedy RemedyFor(string code, int attempt) => code switch
    {
        ErrorCodes.RateLimited or ErrorCodes.StoreUnavailable => Remedy.Retry,
        ErrorCodes.ServerDraining or ErrorCodes.Unauthenticated or CollabClientException.ConnectionLost => Remedy.Retry,
        ErrorCodes.OperationFailed when attempt < MostFailedOperations => Remedy.Retry,
        ErrorCodes.SessionNotFound => Remedy.Rejoin,
        ErrorCodes.RevisionAhead when attempt < MostTimesBehind => Remedy.Rejoin,
        ErrorCodes.RevisionAhead or ErrorCodes.RevisionTooOld => Remedy.TakeSnapshot,
        _ => Remedy.GiveUp,
    };
}
