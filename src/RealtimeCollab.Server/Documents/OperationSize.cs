using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Guesses how large operations are on the wire, to keep messages within bounds without writing them twice.</summary>
internal static class OperationSize
{
    /// <summary>The ids, revision and time that go with each operation.</summary>
    private const int EnvelopeBytes = 256;

    private const int ComponentBytes = 16;

    /// <inheritdoc cref="Estimate(TextOperation)"/>
    public static long Estimate(IReadOnlyList<LogEntry> entries)
    {
        long bytes = 0;
        for (var i = 0; i < entries.Count; i++)
            bytes += Estimate(entries[i].Operation);
        return bytes;
    }

    /// <summary>Bytes, exact to a factor of three: text and attributes count one for each UTF-16 code unit.</summary>
    public static long Estimate(TextOperation operation) => EnvelopeBytes + (operation.Components.Length * (long)ComponentBytes) + operation.Weight;
}
