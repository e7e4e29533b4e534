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

    /// <summary>Whether everything that went out is stored, shown by everybody, and measured.</summary>
    public bool AreOver => _flights.IsEmpty;

    /// <summary>A client has the document open from now on.</summary>
    public void ViewerCame() => Interlocked.Increment(ref _viewers);

    public void ViewerLeft() => Interlocked.Decrement(ref _viewers);

    /// <summary>An operation goes out.</summary>
    /// <param name="operationId">Its id.</param>
    /// <param name="dues">When each of its edits was due.</param>
    public void TakeOff(string operationId, long[] dues) =>
        _flights[operationId] = new Flight(dues, Math.Max(0, Volatile.Read(ref _viewers) - 1));

    /// <summary>The server says that an operation is stored.</summary>
    public void Acknowledged(string operationId)
    {
        if (!_flights.TryGetValue(operationId, out var flight) || !flight.TryAcknowledge())
            return;
        measurements.Count(CountName.Edits, flight.Dues.Length);
        foreach (var due in flight.Dues)
            measurements.Record(LatencyKind.Acknowledged, due);
        End(operationId, flight);
    }

    /// <summary>
    /// An operation whose answer was lost with its connection turned out to be stored: its edits count, but when they were stored nobody knows.
    /// </summary>
    public void FoundStored(string operationId)
    {
        if (!_flights.TryGetValue(operationId, out var flight) || !flight.TryAcknowledge())
            return;
        measurements.Count(CountName.Edits, flight.Dues.Length);
        End(operationId, flight);
    }

    /// <summary>Another client than its author shows an operation.</summary>
    public void Seen(string operationId)
    {
        if (!_flights.TryGetValue(operationId, out var flight))
            return;
        measurements.Count(CountName.EditsSeen, flight.Dues.Length);
        foreach (var due in flight.Dues)
            measurements.Record(LatencyKind.Seen, due);
        End(operationId, flight);
    }

    /// <summary>Expects no more of what is under way: those who have not seen it have left, or took the document anew as a whole.</summary>
    public void Forget() => _flights.Clear();

    private void End(string operationId, Flight flight)
    {
        if (flight.End())
            _flights.TryRemove(operationId, out _);
    }

    private sealed class Flight(long[] dues, int others)
    {
        // its answer, and a sight for each of the others
        private int _expected = others + 1;
        private int _acknowledged;

        public long[] Dues => dues;

        /// <summary>False if it was acknowledged before: what is sent again is answered again.</summary>
        public bool TryAcknowledge() => Interlocked.Exchange(ref _acknowledged, 1) == 0;

        /// <summary>One of the expected events is measured.</summary>
        /// <returns>Whether it was the last.</returns>
        public bool End() => Interlocked.Decrement(ref _expected) == 0;
    }
}
