using Microsoft.AspNetCore.Http;

namespace RealtimeCollab.Server.Connections;

internal static class HttpContextExtensions
{
    /// <summary>Ends a request, whatever it waits for. One that ended by itself meanwhile is left alone: on a timer nobody could catch what that throws.</summary>
    public static void AbortUnlessOver(this HttpContext context)
    {
        try
        {
            context.Abort();
        }
        catch (ObjectDisposedException)
        {
            // there is nothing left to end
        }
    }
}
