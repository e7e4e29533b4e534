using System.Security.Claims;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Decides over operations before they are accepted. Added with <see cref="DocumentHookServiceCollectionExtensions.AddDocumentHook{THook}"/>.</summary>
public interface IOperationHook
{
    /// <summary>
    /// A user wants to change a document, by whichever way, and may. The operations of one connection to one document are asked about one after
    /// another, those of different connections at the same time; no other user waits. A client that sends an operation again has it asked about again.
    /// </summary>
    /// <param name="operation">What is to be done.</param>
    /// <param name="cancellationToken">Nobody waits any more, or the time limit is over.</param>
    /// <exception cref="CollabException">The operation is refused with this, such as <see cref="CollabException.Refused"/>.</exception>
    ValueTask OnSubmittingAsync(ProposedOperation operation, CancellationToken cancellationToken);
}

/// <summary>An operation that a user wants to be committed.</summary>
public sealed record ProposedOperation
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Who wants it.</summary>
    public required ClaimsPrincipal User { get; init; }

    /// <summary>The client that sends it.</summary>
    public required string ClientId { get; init; }

    /// <summary>Chosen by the client, and the same when it is sent again.</summary>
    public required string OperationId { get; init; }

    /// <summary>The revision that <see cref="Operation"/> is meant for.</summary>
    public required long BaseRevision { get; init; }

    /// <summary>What to change; may end before the document does. It is moved over what others do meanwhile when it is committed.</summary>
    public required TextOperation Operation { get; init; }

    /// <summary>The document as this node knows it now, not older than <see cref="BaseRevision"/> unless another node is ahead; null: this creates it.</summary>
    public SessionState? State { get; init; }

    /// <summary>The ids alone: text does not belong into logs.</summary>
    public override string ToString() => $"{nameof(ProposedOperation)} {OperationId} of {ClientId} for {DocumentId}";
}
