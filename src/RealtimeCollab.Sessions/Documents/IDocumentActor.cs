namespace RealtimeCollab.Sessions.Documents;

/// <summary>Who changes a document. Asked again in the session's turn, so that a right that was taken away meanwhile does not count.</summary>
public interface IDocumentActor
{
    /// <summary>Whether the user may edit the document.</summary>
    /// <param name="membershipVersion">Of the document's row as the append expects it: an answer from before it does not count.</param>
    /// <param name="cancellationToken">The node stops.</param>
    /// <exception cref="CollabException">Nobody can tell; the submission is refused with this.</exception>
    ValueTask<bool> MayEditAsync(long membershipVersion, CancellationToken cancellationToken);
}
