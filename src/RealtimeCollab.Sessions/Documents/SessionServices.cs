using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>What all sessions of a node share.</summary>
internal sealed record SessionServices(
    IOperationLog Log,
    ISnapshotStore Snapshots,
    IDocumentEvents Events,
    SessionOptions Options,
    TimeProvider Time,
    ILogger Logger,
    CancellationToken Stopping);
