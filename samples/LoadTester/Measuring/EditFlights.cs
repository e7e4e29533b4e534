using System.Collections.Concurrent;

namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>
/// The edits of one document that are on their way, by the operation that carries them. A client has one operation under way and composes
/// what is typed meanwhile, so one may carry several edits, each with the moment at which it was due. Safe for any thread.
/// </summary>
internal sealed class EditFlights(Measurements measurements)
{
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private int _viewers;

    /// <summary>A client has the document open from now on.</summary>
    public void ViewerCame() => Interlocked.Increment(ref _viewers);

    public void ViewerLeft() => Interlocked.Decrement(ref _viewers);

    /// <summary>An operation goes out.</summary>
    /// <param name="operationId">Its id.</param>
    /// <param name="dues">When each of its edits was due.</param>
    public void TakeOff(string operationId, long[] dues)
    {
        var others = Math.Max(0, Volatile.Read(ref _viewers) - 1);
        _flights[operationId] = new Flight(dues, others);
    }

    /// <summary>The server says that an operation is stored.</summary>
    public void Acknowledged(string operationId)
    {
        if (!_flights.TryGetValue(operationId, out var flight) || !flight.Acknowledge())
            return;
        measurements.Count(CountName.Edits, flight.Dues.Length);
        foreach (var due in flight.Dues)
            measurements.Record(LatencyKind.Acknowledged, due);
        ForgetIfOver(operationId, flight);
    }

    /// <summary>
    /// An operation whose answer was lost with its connection turned out to be stored: its edits count, but when they were stored nobody knows.
    /// </summary>
    public void FoundStored(string operationId)
    {
        if (!_flights.TryGetValue(operationId, out var flight) || !flight.Acknowledge())
            return;
        measurements.Count(CountName.Edits, flight.Dues.Length);
        ForgetIfOver(operationId, flight);
    }

    /// <summary>Another client than its author shows an operation.</summary>
    public void Seen(string operationId)
    {
        if (!_flights.TryGetValue(operationId, out var flight))
            return;
        flight.See();
        measurements.Count(CountName.EditsSeen, flight.Dues.Length);
        foreach (var due in flight.Dues)
            measurements.Record(LatencyKind.Seen, due);
        ForgetIfOver(operationId, flight);
    }

    private void ForgetIfOver(string operationId, Flight flight)
    {
        if (flight.IsOver)
            _flights.TryRemove(operationId, out _);
    }

    private sealed class Flight(long[] dues, int unseen)
    {
        private int _unseen = unseen;
        private int _acknowledged;

        public long[] Dues => dues;

        public bool IsOver => Volatile.Read(ref _acknowledged) != 0 && Volatile.Read(ref _unseen) <= 0;

        /// <summary>False if it was acknowledged before: what is sent again is answered again.</summary>
        public bool Acknowledge() => Interlocked.Exchange(ref _acknowledged, 1) == 0;

        public void See() => Interlocked.Decrement(ref _unseen);
    }
}
