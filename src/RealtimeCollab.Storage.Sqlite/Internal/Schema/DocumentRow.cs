using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.Sqlite.Internal.Schema;

/// <summary>A row of <c>documents</c> as Dapper reads it.</summary>
internal sealed record DocumentRow
{
    public required long Number { get; init; }

    public required string DocumentId { get; init; }

    public required string Incarnation { get; init; }

    public required long Revision { get; init; }

    public required long StartRevision { get; init; }

    public required long Horizon { get; init; }

    public required long ContentType { get; init; }

    public required string CreatedBy { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public required long? DeletedAt { get; init; }

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
        ContentType = (long)document.Head.ContentType,
        CreatedBy = document.Head.CreatedBy,
        CreatedAt = document.Head.CreatedAt.ToUnixTimeMilliseconds(),
        UpdatedAt = document.Head.UpdatedAt.ToUnixTimeMilliseconds(),
        DeletedAt = document.DeletedAt?.ToUnixTimeMilliseconds(),
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
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };

    public ArchivedDocument ToArchived() =>
        new(ToHead(), DeletedAt is { } deleted ? DateTimeOffset.FromUnixTimeMilliseconds(deleted) : null);
}
