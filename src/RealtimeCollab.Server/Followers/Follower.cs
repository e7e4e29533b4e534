using System.Threading.Channels;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Delivery;

namespace RealtimeCollab.Server.Followers;

/// <summary>
/// An event stream as documents see it: something to give events to without waiting. What it has not written yet is counted as for
/// connections of hubs, and a stream that is too far behind is cut.
/// </summary>
/// <param name="id">The stream's, in place of a connection's.</param>
/// <param name="grant">The right to follow the document; the stream asks it before it writes.</param>
/// <param name="expires">When the user's token ends; the stream ends with it.</param>
/// <param name="cut">Ends the request, whatever it waits for.</param>
/// <param name="services">What all followers share.</param>
internal sealed class Follower(string id, DocumentGrant grant, DateTimeOffset? expires, Action cut, FollowerServices services) : IDocumentGuest
{
    private readonly Channel<EventBlock> _waiting = Channel.CreateUnbounded<EventBlock>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Backlog _backlog = new(services.Limits, services.Time);
    private long _quietSince = services.Time.GetTimestamp();
    private int _isCut;

    public string Id => id;

    public DocumentGrant Grant => grant;

    public string DocumentId => grant.Document.DocumentId;

    bool IDocumentGuest.IsSettled => grant.Role >= DocumentRole.Viewer;

    /// <summary>What it has not written yet, in bytes.</summary>
    public long WaitingBytes => _backlog.Bytes;

    /// <summary>What it is given, in order; ends with <see cref="End"/>. Each block is to be <see cref="Taken"/>.</summary>
    public IAsyncEnumerable<EventBlock> ReadAllAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Gives it events to write.</summary>
    public void Offer(EventBlock block)
    {
        var fits = _backlog.TryBegin(block.Bytes.Length);
        if (!_waiting.Writer.TryWrite(block))
            _backlog.End(block.Bytes.Length);
        else if (!fits)
            Cut(TimeSpan.Zero);
    }

    /// <summary>Events were written.</summary>
    public void Taken(EventBlock block)
    {
        Volatile.Write(ref _quietSince, services.Time.GetTimestamp());
        _backlog.End(block.Bytes.Length);
    }

    /// <inheritdoc cref="Backlog.ExpectLargeAnswer"/>
    public void ExpectLargeAnswer(long bytes) => _backlog.ExpectLargeAnswer(bytes);

    /// <summary>Looks, now and then, whether it is time to cut, to end, or to say that the server is still there.</summary>
    public void Tick()
    {
        if (_backlog.IsOverdue(out var age))
            Cut(age);
        else if (expires <= services.Time.GetUtcNow())
            End();
        else if (_backlog.Bytes == 0 && services.Time.GetElapsedTime(Volatile.Read(ref _quietSince)) >= FollowerServices.KeepAlive)
            Offer(EventBlock.KeepAlive);
    }

    /// <summary>Takes nothing more; what it has is still written.</summary>
    public void End() => _waiting.Writer.TryComplete();

    /// <summary>The stream has ended by itself: there is nothing to cut any more, and its request may be another's by now.</summary>
    public void Leave() => Interlocked.Exchange(ref _isCut, 1);

    Task IDocumentGuest.SettleAsync(CancellationToken cancellationToken)
    {
        if (grant.Role < DocumentRole.Viewer)
            End();
        return Task.CompletedTask;
    }

    /// <summary>The stream asks for the role before it writes, and ends if nobody can tell.</summary>
    Task IDocumentGuest.SuspendAsync() => Task.CompletedTask;

    Task IDocumentGuest.CloseAsync(CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    private void Cut(TimeSpan age)
    {
        if (Interlocked.Exchange(ref _isCut, 1) == 1)
            return;
        services.Metrics.CountCut();
        DeliveryLog.ReceiverCut(services.Logger, id, _backlog.Bytes, age.TotalMilliseconds);
        End();
        cut();
    }
}
