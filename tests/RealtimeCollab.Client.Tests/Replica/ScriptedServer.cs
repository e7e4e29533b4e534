using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

/// <summary>The server's side of one document in a few lines: a log that transforms, and recognises what is sent again.</summary>
internal sealed class ScriptedServer(string initialText = "", ContentType contentType = ContentType.Text)
{
    public const string DocumentId = "notes";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<CommittedOperation> _log = [];

    public Document Content { get; private set; } = Document.FromText(initialText);

    public long Head => _log.Count;

    public IReadOnlyList<CommittedOperation> Log => _log;

    /// <summary>Another client's edit, made for the head.</summary>
    public CommittedOperation Commit(int position, int deleted, string inserted) =>
        Append($"other-{Head}", "other", TextOperation.Replace(Content.Length, position, deleted, inserted));

    public SubmitOperationResult Submit(SubmitOperationRequest request, string clientId = "me")
    {
        var committed = _log.Find(entry => entry.OperationId == request.OperationId)
            ?? Append(request.OperationId, clientId, Rebase(request));
        return new SubmitOperationResult { DocumentId = DocumentId, OperationId = request.OperationId, Revision = committed.Revision };
    }

    public OperationBatch Read(long after, int limit = int.MaxValue) =>
        new() { DocumentId = DocumentId, FromRevision = after, Operations = [.. _log.Skip((int)after).Take(limit)] };

    /// <summary>The whole content; or, from a revision that is given, what came after it.</summary>
    public DocumentSnapshot Snapshot(long? since = null, DocumentRole role = DocumentRole.Editor, params Participant[] clients) => new()
    {
        DocumentId = DocumentId,
        SessionId = "session",
        ContentType = contentType,
        Revision = Head,
        Content = since is null ? new DocumentContent(Content, contentType) : null,
        Operations = since is { } after ? Read(after).Operations : [],
        Clients = clients,
        Role = role,
        ReadOnly = false,
        CreatedAt = Noon,
        UpdatedAt = Noon,
    };

    private TextOperation Rebase(SubmitOperationRequest request)
    {
        var operation = request.Operation.GetOperation();
        foreach (var entry in _log.Skip((int)request.BaseRevision))
            operation = operation.TransformOver(entry.Operation);

        return operation;
    }

    private CommittedOperation Append(string operationId, string clientId, TextOperation operation)
    {
        Content = Content.Apply(operation);
        var entry = new CommittedOperation
        {
            Revision = Head + 1,
            ClientId = clientId,
            UserId = clientId,
            OperationId = operationId,
            Operation = operation,
            Timestamp = Noon,
        };
        _log.Add(entry);
        return entry;
    }
}
