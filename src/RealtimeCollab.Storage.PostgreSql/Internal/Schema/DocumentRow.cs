using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Schema;

/// <summary>A row of <c>documents</c> as Dapper reads it.</summary>
internal sealed record DocumentRow
{
    public required long Number { get; init; }

    public required string DocumentId { get; init; }

    public required string Incarnation { get; init; }

    public required long Revision { get; init; }

    public required long StartRevision { get; init; }

    public required long Horizon { get; init; }

    public required short ContentType { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required DateTime? DeletedAt { get; init; }

    public required long MembershipVersion { get; init; }

    public required string? Title { get; init; }

    public static DocumentRow From(ArchivedDocument document) => new()
    {
        Number = 0,
        DocumentId = document.Head.DocumentId,
        Incarnation = document.Head.Incarnation,
        Revision = document.Head.Revision,
        StartRevision = document.Head.StartRevision,
        Horizon = document.Head.Horizon,
        ContentType = (short)document.Head.ContentType,
        CreatedBy = document.Head.CreatedBy,
        CreatedAt = document.Head.CreatedAt.UtcDateTime,
        UpdatedAt = document.Head.UpdatedAt.UtcDateTime,
        DeletedAt = document.DeletedAt?.UtcDateTime,
        MembershipVersion = document.Head.MembershipVersion,
        Title = document.Head.Title,
    };

    public DocumentHead ToHead() => new()
    {
        DocumentId = DocumentId,
        Incarnation = Incarnation,
        Revision = Revision,
        StartRevision = StartRevision,
        Horizon = Horizon,
        MembershipVersion = MembershipVersion,
        Title = Title,
        ContentType = (ContentType)ContentType,
        CreatedBy = CreatedBy,
        CreatedAt = new DateTimeOffset(CreatedAt),
        UpdatedAt = new DateTimeOffset(UpdatedAt),
    };

    public ArchivedDocument ToArchived() => new(ToHead(), DeletedAt is { } deleted ? new DateTimeOffset(deleted) : null);
}
