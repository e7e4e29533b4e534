using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Access;

/// <summary>
/// Looks once a second how far the store is with the documents that somebody is in on this node: revisions that other nodes
/// appended are read, and who has another role by now hears of it or is out. Asks nobody but the store, so that a right is gone
/// everywhere in time whatever else fails; who cannot be asked about hears nothing meanwhile. On a node with many guests the look is taken in
/// parts over the second, so that edits do not wait behind it.
/// </summary>
internal sealed class AccessWatch(
    IEnumerable<IDocumentGuests> sources, IOperationLog log, DocumentSessions sessions, TimeProvider time, ILogger<AccessWatch> logger)
    : BackgroundService, IDocumentAccess
{
    private const int AskedAtOnce = 32;

    /// <summary>Of so many guests a second part is made.</summary>
    private const int GuestsInPart = 1_000;

    /// <summary>As many queries are under way at once where the store is slow.</summary>
    private const int MostParts = 8;

    /// <summary>After so many guests those go on who wait.</summary>
    private const int GuestsAtOnce = 500;

    private const int None = -1;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The last look of each part.</summary>
    private readonly Task[] _looks = [.. Enumerable.Repeat(Task.CompletedTask, MostParts)];

    /// <summary>The part of which it was told that it cannot see, until it sees again.</summary>
    private int _blind = None;

    public async Task InvalidateAsync(string documentId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        var guests = AllGuests().Where(guest => guest.Grant.Document.DocumentId == documentId).ToList();
        if (guests.Count > 0)
            await LookAsync(guests, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host stops, and so do the looks
            await Task.WhenAll(_looks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookOnceAsync(CancellationToken stopping)
    {
        var parts = await DivideAsync(stopping);
        for (var number = 0; number < parts.Count; number++)
        {
            var slot = Interval / parts.Count;
            if (number > 0)
                await Task.Delay(slot, time, stopping);
            // where the store hangs a part waits for its own last look, and the others no longer for it than this
            if (!_looks[number].IsCompleted && await Task.WhenAny(_looks[number], Task.Delay(slot, time, stopping)) != _looks[number])
                continue;
            await _looks[number];
            _looks[number] = TryLookAsync(parts, number, stopping);
        }
    }

    /// <summary>All guests, those of one document in one part.</summary>
    private async Task<List<IDocumentGuest[]>> DivideAsync(CancellationToken stopping)
    {
        var byHash = Enumerable.Range(0, MostParts).Select(_ => new List<IDocumentGuest>()).ToArray();
        var count = 0;
        foreach (var guest in AllGuests())
        {
            byHash[(uint)StringComparer.Ordinal.GetHashCode(guest.Grant.Document.DocumentId) % MostParts].Add(guest);
            if (++count % GuestsAtOnce != 0)
                continue;
            stopping.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var parts = Math.Min(1 + (count / GuestsInPart), MostParts);
        return [.. byHash.Chunk((MostParts + parts - 1) / parts).Select(lists => lists.SelectMany(list => list).ToArray()).Where(part => part.Length > 0)];
    }

    /// <summary>Where nothing can be seen, those hear nothing who have not been asked about for too long.</summary>
    private async Task TryLookAsync(List<IDocumentGuest[]> parts, int number, CancellationToken stopping)
    {
        try
        {
            await LookAsync(parts[number], stopping);
            var blind = Volatile.Read(ref _blind);
            // it, or one that there is no more
            if ((blind == number || blind >= parts.Count) && Interlocked.CompareExchange(ref _blind, None, blind) == blind)
                AccessLog.SeesAgain(logger);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            if (Interlocked.CompareExchange(ref _blind, number, None) == None)
                AccessLog.IsBlind(logger, parts.Sum(part => part.Length), failure);
            await Task.WhenAll(parts[number].Where(guest => guest.Grant.IsExpired).Select(TrySuspendAsync));
        }
    }

    private async Task LookAsync(IReadOnlyList<IDocumentGuest> guests, CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        var found = await ReadAsync(guests, cancellationToken);
        sessions.Follow(found);
        var heads = found.ToDictionary(head => head.DocumentId, StringComparer.Ordinal);
        var unsettled = guests.Where(guest => !IsAsBefore(guest, heads, readAt)).ToList();
        if (unsettled.Count == 0)
            return;
        using var patience = new CancellationTokenSource(Interval, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(unsettled, options, async (guest, _) => await TrySettleAsync(guest, FindHead(guest, heads), limited.Token));
    }

    /// <summary>The rows of the guests' documents. A store that answers later than the next look is due does not answer.</summary>
    private async Task<IReadOnlyList<DocumentHead>> ReadAsync(IReadOnlyList<IDocumentGuest> guests, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Interval, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var ids = guests.Select(guest => guest.Grant.Document.DocumentId).ToHashSet(StringComparer.Ordinal);
        return await log.FindAllAsync(ids, limited.Token);
    }

    private async ValueTask TrySettleAsync(IDocumentGuest guest, DocumentHead? head, CancellationToken cancellationToken)
    {
        try
        {
            if (head is null)
            {
                await guest.CloseAsync(cancellationToken);
                return;
            }

            if (!guest.Grant.IsKnownAt(head))
                await guest.Grant.AskAsync(head, cancellationToken);
            await guest.SettleAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // one who cannot be asked about, or is busy joining, is not the others' concern; the next look tries again
            AccessLog.CannotSettle(logger, guest.Grant.Document.DocumentId, failure);
            if (guest.Grant.IsExpired)
                await TrySuspendAsync(guest);
        }
    }

    /// <summary>Under a lifetime manager of the application's it may take time, or fail: the others and the next look do not wait for it.</summary>
    private async Task TrySuspendAsync(IDocumentGuest guest)
    {
        try
        {
            await guest.SuspendAsync().WaitAsync(Interval, time);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            AccessLog.CannotSettle(logger, guest.Grant.Document.DocumentId, failure);
        }
    }

    private static bool IsAsBefore(IDocumentGuest guest, Dictionary<string, DocumentHead> heads, long readAt) =>
        FindHead(guest, heads) is { } head && guest.Grant.TryConfirm(head, readAt) && guest.IsSettled;

    /// <summary>Null: the document is gone, though there may be another one with its id.</summary>
    private static DocumentHead? FindHead(IDocumentGuest guest, Dictionary<string, DocumentHead> heads) =>
        heads.GetValueOrDefault(guest.Grant.Document.DocumentId) is { } head && head.Incarnation == guest.Grant.Document.Incarnation ? head : null;

    private IEnumerable<IDocumentGuest> AllGuests() => sources.SelectMany(source => source.Guests);
}
