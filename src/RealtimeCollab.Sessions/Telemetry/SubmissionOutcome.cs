namespace RealtimeCollab.Sessions.Telemetry;

/// <summary>How an operation was answered.</summary>
internal enum SubmissionOutcome
{
    Committed,

    /// <summary>It had been committed before.</summary>
    Repeated,

    Refused,

    /// <summary>The store did not say what became of it, or the node was stopping; it will be sent again.</summary>
    Unknown,
}
