using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Simulation.Checks;
using RealtimeCollab.Sessions.Tests.Simulation.Client;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation.Server;

/// <summary>A client's connection at its node: does with sessions what the document hub does.</summary>
internal sealed class NodeConnection(World world, SimulatedNode node, SimulatedClient client, string connectionId)
{
    private readonly TurnQueue _turns = new();
    private readonly CancellationTokenSource _aborted = new();
    private Lease<DocumentSession>? _lease;
    private string? _group;

    /// <summary>The process of the node as it was when the connection was made.</summary>
    public VirtualProcess Process { get; } = node.Process;

    public string ConnectionId => connectionId;

    public SimulatedClient Client => client;

    public Link? Link { get; set; }

    public bool IsClosed { get; private set; }

    public DocumentSession? Joined => _lease?.Session;

    public bool IsInGroup(string documentId) => _group == documentId;

    public async Task<DocumentSnapshot> JoinAsync(Ledger document, long? sinceRevision)
    {
        using var turn = await _turns.EnterAsync();
        _aborted.Token.ThrowIfCancellationRequested();
        var lease = _lease ?? await OpenAsync(document);
        try
        {
            // in the group before the content is read: what is committed in between arrives twice, never not at all
            _group = document.DocumentId;
            var resume = await lease.Session.ResumeAsync(sinceRevision, _aborted.Token);
            _lease = lease;
            lease.Session.Room.Join(ToMember());
            return ToSnapshot(lease.Session, resume);
        }
        catch when (_lease is null)
        {
            _group = null;
            lease.Dispose();
            throw;
        }
    }

    public async Task<SubmitOperationResult> SubmitAsync(SubmitOperationRequest request)
    {
        if (_lease is null)
            throw CollabException.SessionNotFound("StartEditing comes before SubmitOperation.");
        var operation = request.Operation.GetOperation();
        if (operation.GetUtf8JsonLength() > client.Limits.MaxOperationBytes)
            throw CollabException.PayloadTooLarge(operation.GetUtf8JsonLength(), client.Limits.MaxOperationBytes);
        var session = _lease.Session;
        var submission = new Submission
        {
            ConnectionId = connectionId,
            ClientId = client.Name,
            UserId = client.UserId,
            OperationId = request.OperationId,
            BaseRevision = request.BaseRevision,
            Operation = operation,
            Selection = request.Selection,
        };
        var revision = await world.Checks.AnswerOfAsync(Process, () => session.SubmitAsync(submission), client.UserId, request);
        return new SubmitOperationResult { DocumentId = request.DocumentId, OperationId = request.OperationId, Revision = revision };
    }

    public async Task<OperationBatch> ReadAsync(GetOperationsRequest request)
    {
        using var lease = _lease is null ? await node.Sessions.OpenAsync(request.DocumentId, _aborted.Token) : null;
        var entries = await (lease ?? _lease)!.Session.ReadAsync(request.FromRevision, 1 + world.Random.Next(6), _aborted.Token);
        return entries.ToBatch(request.DocumentId, request.FromRevision);
    }

    public Task<long?> HeartbeatAsync() => Task.FromResult(_lease?.Session.State.Revision);

    public Task<bool> SelectAsync(UpdateSelectionRequest request)
    {
        _lease?.Session.Room.UpdateSelection(connectionId, request.Revision, request.Selection);
        return Task.FromResult(_lease is not null);
    }

    /// <summary>The node noticed that the connection is gone.</summary>
    public async Task CloseAsync()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        node.Remove(this);
        Abort();
        using var turn = await _turns.EnterAsync();
        _lease?.Session.Room.Leave(connectionId);
        _lease?.Dispose();
        _lease = null;
    }

    /// <summary>Here and now: the platform's asynchronous way goes over the thread pool.</summary>
    private void Abort() => _aborted.Cancel();

    private async ValueTask<Lease<DocumentSession>> OpenAsync(Ledger document)
    {
        var missing = new NewDocument(
            document.DocumentId, $"incarnation of {connectionId}", document.ContentType, client.UserId, world.Scheduler.Clock.GetUtcNow());
        var first = new NewEntry(client.Name, $"first of {connectionId}", TextOperation.Replace(0, 0, 0, "Hello"));
        return await node.Sessions.OpenOrCreateAsync(missing, first, _aborted.Token);
    }

    private RoomMember ToMember() => new()
    {
        ConnectionId = connectionId,
        ClientId = client.Name,
        UserId = client.UserId,
        UserName = client.UserId,
        IsEditing = true,
    };

    private DocumentSnapshot ToSnapshot(DocumentSession session, ResumePoint resume) => new()
    {
        DocumentId = session.DocumentId,
        SessionId = session.SessionId,
        ContentType = session.Head.ContentType,
        Revision = resume.Revision,
        Content = resume.Snapshot is { } state ? new DocumentContent(state.Document, session.Head.ContentType) : null,
        Operations = resume.Entries.ToOperations(),
        Clients = [.. session.Room.Members.Where(member => member.ClientId != client.Name).Select(WireForm.ToParticipant)],
        Role = DocumentRole.Editor,
        ReadOnly = false,
        CreatedAt = session.Head.CreatedAt,
        UpdatedAt = resume.UpdatedAt,
    };
}
