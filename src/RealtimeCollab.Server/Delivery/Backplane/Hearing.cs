using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Delivery.Backplane;

/// <summary>Waits until a channel is heard, but not for a backplane that does not answer: what is missed meanwhile is found again by other ways.</summary>
internal static class Hearing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task WaitAsync(Task heard, TimeProvider time, ILogger logger)
    {
        if (heard.IsCompletedSuccessfully)
            return;
        try
        {
            await heard.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            BackplaneLog.Slow(logger);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            BackplaneLog.NotHeard(logger, failure);
        }
    }
}
