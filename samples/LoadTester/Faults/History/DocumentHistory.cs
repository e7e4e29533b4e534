using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>What happened to one document, as its clients know it.</summary>
internal sealed record DocumentHistory
{
    /// <summary>The document.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Operations that clients sent, each once, however often they were sent.</summary>
    public required IReadOnlyList<Submission> Submissions { get; init; }

    /// <summary>Answers that an operation is committed.</summary>
    public required IReadOnlyList<Acknowledgement> Acknowledgements { get; init; }

    /// <summary>Entries of the log as clients were told them.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>Lines that people wrote and did not take back.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Lines that people gave up before they were saved or taken back: they may be there, once.</summary>
    public required IReadOnlyList<string> GivenUp { get; init; }
}

/// <summary>A client sent an operation.</summary>
/// <param name="Client">The client.</param>
/// <param name="OperationId">The operation.</param>
internal sealed record Submission(string Client, string OperationId);

/// <summary>A client was told that its operation is committed.</summary>
/// <param name="Client">The client.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Revision">As which revision.</param>
internal sealed record Acknowledgement(string Client, string OperationId, long Revision);

/// <summary>A client was told an entry of the log.</summary>
/// <param name="Client">The client.</param>
/// <param name="Revision">The entry's.</param>
/// <param name="OperationId">The entry's.</param>
/// <param name="Operation">What it does.</param>
internal sealed record Delivery(string Client, long Revision, string OperationId, TextOperation Operation);
