namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>Statements about documents' rows that more than one class needs.</summary>
internal static class DocumentSql
{
    /// <summary>The columns of a <see cref="DocumentRow"/>, of a table or alias <c>d</c>.</summary>
    public const string Columns = """
        d.number AS Number, d.document_id AS DocumentId, d.incarnation AS Incarnation, d.revision AS Revision, d.start_revision AS StartRevision,
        d.horizon AS Horizon, d.content_type AS ContentType, d.created_by AS CreatedBy, d.created_at AS CreatedAt, d.updated_at AS UpdatedAt,
        d.deleted_at AS DeletedAt, d.membership_version AS MembershipVersion, d.title AS Title
        """;

    /// <summary>@documentId and @incarnation, and not deleted.</summary>
    public const string IsCurrent = "d.document_id = @documentId AND d.incarnation = @incarnation AND d.deleted_at IS NULL";

    /// <summary>
    /// Before a statement that looks at a document's other rows, in the same command: the two are one transaction, and the second
    /// sees what was committed while the first waited for the row.
    /// </summary>
    public const string Lock = $"SELECT d.number FROM realtimecollab.documents AS d WHERE {IsCurrent} FOR NO KEY UPDATE;\n";

    /// <summary>Operations of @number up to @horizon: they are invisible already.</summary>
    public const string Purge = "DELETE FROM realtimecollab.operations WHERE document = @number AND revision <= @horizon";

    /// <summary>A slice of them, so that no statement takes as long as a long history is.</summary>
    public const string PurgeSlice = """
        DELETE FROM realtimecollab.operations WHERE document = @number
        AND revision <= least(@horizon, (SELECT min(o.revision) FROM realtimecollab.operations AS o WHERE o.document = @number) + 1999)
        """;
}
