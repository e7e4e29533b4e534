using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Storage;

/// <summary>A document that is to be created.</summary>
public sealed record NewDocument(
    string DocumentId, string Incarnation, ContentType ContentType, string CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>What people call it; null if it has no title.</summary>
    public string? Title { get; init; }

    /// <summary>The row of this document, empty.</summary>
    /// <param name="startRevision">0, or the revision that the deletion of its predecessor took.</param>
    public DocumentHead ToHead(long startRevision) => new()
    {
        DocumentId = DocumentId,
        Incarnation = Incarnation,
        Revision = startRevision,
        StartRevision = startRevision,
        Horizon = startRevision,
        Title = Title,
        ContentType = ContentType,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt,
        UpdatedAt = CreatedAt,
    };

    /// <summary>The first operation of this document as it stands in the log.</summary>
    public LogEntry ToEntry(NewEntry first, long revision)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new LogEntry
        {
            Revision = revision,
            ClientId = first.ClientId,
            UserId = CreatedBy,
            OperationId = first.OperationId,
            Operation = first.Operation,
            Timestamp = CreatedAt,
        };
    }
}

/// <summary>The first operation of a document that is to be created; its revision is the store's to give.</summary>
public sealed record NewEntry(string ClientId, string OperationId, TextOperation Operation);
