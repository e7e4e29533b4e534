using RealtimeCollab.Client;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.LoadTester;

/// <summary>Something that the user of the tester has to put right: an option, a file, or what the server allows.</summary>
internal sealed class LoadException(string message, Exception? cause = null) : Exception(message, cause)
{
    public static LoadException CannotJoin(string id, CollabClientException refusal) => new(
        $"A client cannot join {id}: {refusal.Code}, {refusal.Message} {Advice(refusal.Code)}".TrimEnd(), refusal);

    private static string Advice(string code) => code switch
    {
        ErrorCodes.Unauthenticated => "Are the tokens of --token in force?",
        ErrorCodes.PermissionDenied or ErrorCodes.DocumentNotFound =>
            "The users of the tokens have to be let into each other's documents: RealtimeCollab__Access__DefaultRole=editor, or one token for all.",
        ErrorCodes.RateLimited => "The server's limits are lower than this load: ConnectionsPerUser and the rates are in its settings.",
        _ => "",
    };
}
