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
        // version 00, trace, span, flags whose lowest bit says sampled
        traceparent is { Length: 55 } && traceparent[^1] % 2 == 1 && ActivityContext.TryParse(traceparent, traceState: null, out _) ? traceparent : null;
}
