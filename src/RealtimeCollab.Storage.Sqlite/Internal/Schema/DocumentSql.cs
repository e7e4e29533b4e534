namespace RealtimeCollab.Storage.Sqlite.Internal.Schema;

/// <summary>Statements about documents' rows that more than one class needs.</summary>
internal static class DocumentSql
{
    /// <summary>The columns of a <see cref="DocumentRow"/>.</summary>
    public const string Columns = """
        number AS Number, document_id AS DocumentId, incarnation AS Incarnation, revision AS Revision, start_revision AS StartRevision,
        horizon AS Horizon, content_type AS ContentType, created_by AS CreatedBy, created_at AS CreatedAt, updated_at AS UpdatedAt,
        deleted_at AS DeletedAt, membership_version AS MembershipVersion, title AS Title
        """;

    /// <summary>The number of the document with @documentId and @incarnation, for statements about its other rows.</summary>
    public const string Number = $"(SELECT number FROM documents WHERE {IsCurrent})";

    /// <summary>@documentId and @incarnation, and not deleted.</summary>
    public const string IsCurrent = "document_id = @documentId AND incarnation = @incarnation AND deleted_at IS NULL";

    /// <summary>
    /// Operations of @number up to @horizon, a slice of them: rows below the horizon are invisible already, so that a compaction
    /// need not hold up the writer for as long as it takes.
    /// </summary>
    public const string PurgeSlice = """
        DELETE FROM operations WHERE document = @number
        AND revision <= min(@horizon, (SELECT min(revision) FROM operations WHERE document = @number) + 1999)
        """;

    /// <summary>What a process that was killed between slices left behind.</summary>
    public const string PurgeAll = """
        DELETE FROM operations WHERE (document, revision) IN (
            SELECT o.document, o.revision FROM documents AS d CROSS JOIN operations AS o ON o.document = d.number AND o.revision <= d.horizon
            WHERE d.horizon > 0)
        """;
}
