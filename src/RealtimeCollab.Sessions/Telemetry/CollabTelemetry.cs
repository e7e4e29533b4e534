using System.Diagnostics;

namespace RealtimeCollab.Sessions.Telemetry;

/// <summary>Under which name this library measures and traces; docs/operations.md lists what.</summary>
public static class CollabTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "RealtimeCollab";

    /// <summary>Makes the spans of an operation's way through a node.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Hands a W3C traceparent on if it is one, and sampled; what is not sampled would be carried for nobody.</summary>
    public static string? Accept(string? traceparent) =>
        // version 00, trace, span, flags; the platform's parser does not look at what stands between them
        traceparent is { Length: 55 } && traceparent.StartsWith("00-", StringComparison.Ordinal) && traceparent[35] == '-' && traceparent[52] == '-'
            && ActivityContext.TryParse(traceparent, traceState: null, out var context) && context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? traceparent
            : null;
}
