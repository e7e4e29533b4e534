using RealtimeCollab.LoadTester.Faults.Traffic;

namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>People who come with a fault, do something, and go.</summary>
internal static class Visitors
{
    private const int FirstNumber = 10_000;
    private const int Joining = 3;

    private static int s_last = FirstNumber;

    /// <summary>Some come, write a line each, see it saved, and go.</summary>
    public static Task VisitAsync(FaultSite site, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Joining).Select(_ => WriteAsync(site, site.Addresses, lines: 1, () => false, cancellationToken)));

    /// <summary>Somebody comes, writes lines one after another, each saved before the next, and goes.</summary>
    /// <param name="site">Where.</param>
    /// <param name="addresses">The nodes that they may go to.</param>
    /// <param name="lines">How many at the most.</param>
    /// <param name="isEnough">Asked after each.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(FaultSite site, NodeAddresses addresses, int lines, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        await using var visitor = await Person.ArriveAsync(Interlocked.Increment(ref s_last), site.DocumentId, addresses, site.Recorder, cancellationToken);
        var writer = new Writer(visitor, site.Recorder.Document(site.DocumentId), new Random(s_last));
        for (var line = 0; line < lines && !isEnough(); line++)
        {
            writer.Write();
            await visitor.Document.WaitUntilSavedAsync(cancellationToken);
        }
    }
}
