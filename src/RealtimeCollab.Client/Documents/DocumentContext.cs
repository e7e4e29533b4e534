using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace RealtimeCollab.Client;

/// <summary>
/// Where a document's content changes and its events are raised: in a synchronization context, one after another, or without one on
/// whatever thread brings the news.
/// </summary>
internal sealed class DocumentContext
{
    /// <summary>A context that does not get on is not flooded: what is pushed beyond this is dropped, as if the network had lost it.</summary>
    private const int MostWaiting = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private readonly SynchronizationContext? _context;
    private bool _isDraining;
    private bool _hasDropped;

    public DocumentContext(SynchronizationContext? context) =>
        // the base class is the thread pool under another name
        _context = context?.GetType() == typeof(SynchronizationContext) ? null : context;

    /// <summary>Called in the context after something that was pushed had to be dropped.</summary>
    public required Action Dropped { get; init; }

    /// <summary>Runs what has come from the server, in the order of the calls.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="mayDrop">Whether the document can do without it, once it is told that something was dropped.</param>
    public void Post(Action work, bool mayDrop)
    {
        if (_context is null)
        {
            work();
            return;
        }

        lock (_gate)
        {
            _hasDropped |= mayDrop && _waiting.Count >= MostWaiting;
            if (mayDrop && _hasDropped)
                return;
            _waiting.Enqueue(work);
            if (_isDraining)
                return;
            _isDraining = true;
        }

        _context.Post(static self => ((DocumentContext)self!).Drain(), this);
    }

    /// <summary>Runs what the application asks for, and returns when it is done; from outside of the context, that waits for the context.</summary>
    public void Send(Action work)
    {
        if (_context is null || SynchronizationContext.Current == _context)
        {
            work();
            return;
        }

        ExceptionDispatchInfo? failure = null;
        _context.Send(_ => failure = Capture(work), state: null);
        failure?.Throw();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown again, to the caller instead of the context.")]
    private static ExceptionDispatchInfo? Capture(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception error)
        {
            return ExceptionDispatchInfo.Capture(error);
        }
    }

    private void Drain()
    {
        while (TryTake(out var work))
            work();
    }

    private bool TryTake([NotNullWhen(true)] out Action? work)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out work))
                return true;

            _isDraining = _hasDropped;
            work = _hasDropped ? Dropped : null;
            _hasDropped = false;
            return work is not null;
        }
    }
}
