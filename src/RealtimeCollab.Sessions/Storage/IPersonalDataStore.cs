namespace RealtimeCollab.Sessions.Storage;

/// <summary>What a store holds of a person. Failures are thrown as by <see cref="IOperationLog"/>; a call that failed may be repeated.</summary>
public interface IPersonalDataStore
{
    /// <summary>
    /// Puts a pseudonym in the place of a user's id and name wherever they stand as author: of documents, operations (with the ids of
    /// clients), named versions, links, rooms and messages. Removes the user's memberships with what was read, and notifications; where the user
    /// is a document's only owner, the pseudonym is afterwards. Text stays.
    /// </summary>
    /// <param name="userId">Who is to be forgotten.</param>
    /// <param name="pseudonym">An id that is nobody's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows were changed or removed.</returns>
    ValueTask<long> EraseAsync(string userId, string pseudonym, CancellationToken cancellationToken);
}
