using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Calls hubs, and gives failures the form that this client's callers know.</summary>
internal static class HubCalls
{
    /// <exception cref="CollabClientException">The server's refusal, or <see cref="CollabClientException.ConnectionLost"/>.</exception>
    public static async Task<T> CallAsync<T>(this HubConnection connection, string method, object request)
    {
        try
        {
            return await connection.InvokeAsync<T>(method, request).ConfigureAwait(false);
        }
        catch (HubException refusal)
        {
            throw CollabClientException.FromServer(refusal);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw CollabClientException.Lost(error);
        }
    }
}
