using RealtimeCollab.Server.Tests.Client;

namespace RealtimeCollab.Server.Tests.CrossLanguage;

/// <summary>Makes a network bad: latency that changes, moments in which nothing moves, and cuts.</summary>
internal sealed class NetworkChaos(CuttingProxy proxy, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Goes on until it is told to be calm, and leaves a good network behind.</summary>
    public async Task RunAsync(CancellationToken calm)
    {
        try
        {
            while (true)
            {
                proxy.Latency = TimeSpan.FromMilliseconds(_random.Next(30));
                await PauseAsync(300, calm);
                proxy.IsStalled = _random.Next(2) == 0;
                await PauseAsync(300, calm);
                proxy.IsStalled = false;
                if (_random.Next(3) == 0)
                    proxy.Cut();
            }
        }
        catch (OperationCanceledException)
        {
            proxy.Latency = TimeSpan.Zero;
            proxy.IsStalled = false;
        }
    }

    private Task PauseAsync(int longest, CancellationToken calm) =>
        Task.Delay(TimeSpan.FromMilliseconds(_random.Next(longest)), TimeProvider.System, calm);
}
