using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.Rooms.Nodes;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>What all sessions of a node share.</summary>
internal sealed record SessionServices(
    IOperationLog Log,
    ISnapshotStore Snapshots,
    IDocumentEvents Events,
    ICommitNotices Notices,
    RoomPulses? Rooms,
    SessionOptions Options,
    TimeProvider Time,
    ILogger Logger,
    CollabMetrics? Metrics,
    CancellationToken Stopping);
