using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.Client.Keeping;

/// <summary>
/// One step in the life of a replica, as it is kept in an edit journal: a checkpoint, and what happened since. Done again in their order,
/// they lead to the same content and the same pending edits.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Checkpoint), "checkpoint")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(Sent), "sent")]
[JsonDerivedType(typeof(Committed), "committed")]
internal abstract record EditRecord
{
    public static EditRecord Read(ReadOnlyMemory<byte> utf8Json) =>
        JsonSerializer.Deserialize<EditRecord>(utf8Json.Span, ProtocolJson.Options) ?? throw new JsonException("A record is null.");

    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(this, ProtocolJson.Options);
}

/// <summary>Everything there is to know; what was kept before is not needed any more.</summary>
internal sealed record Checkpoint : EditRecord
{
    /// <summary>Whose edits these are: they are never sent as another user's.</summary>
    public string? UserId { get; init; }

    public required ContentType ContentType { get; init; }

    public required DocumentRole Role { get; init; }

    public required long Revision { get; init; }

    /// <summary>The server's content at <see cref="Revision"/>.</summary>
    public required DocumentContent Content { get; init; }

    /// <summary>The operation in flight, as it was sent first.</summary>
    public Sent? InFlight { get; init; }

    /// <summary>The oldest pending edit, in terms of <see cref="Content"/>.</summary>
    public TextOperation? Outstanding { get; init; }

    /// <summary>The edits after it.</summary>
    public TextOperation? Buffer { get; init; }
}

/// <summary>The user edited the content, or took something back.</summary>
internal sealed record Edited(TextOperation Operation) : EditRecord;

/// <summary>An operation is about to be sent for the first time; always kept before it is.</summary>
/// <param name="OperationId">The id under which it is sent, now and again.</param>
/// <param name="BaseRevision">The revision that it is made for.</param>
/// <param name="Operation">What is sent.</param>
/// <param name="Rest">The edits that wait behind it.</param>
internal sealed record Sent(string OperationId, long BaseRevision, TextOperation Operation, TextOperation? Rest) : EditRecord
{
    public SubmitOperationRequest ToRequest(string documentId) => new()
    {
        DocumentId = documentId,
        OperationId = OperationId,
        BaseRevision = BaseRevision,
        Operation = Operation,
    };
}

/// <summary>The next entry of the log came.</summary>
internal sealed record Committed(string OperationId, TextOperation Operation) : EditRecord;
