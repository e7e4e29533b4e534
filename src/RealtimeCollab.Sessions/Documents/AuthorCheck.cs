namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// Asks whether the authors of a batch may still edit: all at once, each once, and nobody for longer than submissions wait for the store. One who cannot
/// be asked about is refused alone, for an application may decide it, and that it fails for one author is not the others' concern.
/// </summary>
internal sealed class AuthorCheck(string documentId, SessionServices services)
{
    /// <summary>Sets each submission's <see cref="PendingSubmission.Denial"/>.</summary>
    /// <exception cref="OperationCanceledException">The node stops.</exception>
    public ValueTask AskAsync(List<PendingSubmission> batch, long membershipVersion)
    {
        // only for answers that are not at hand, as they are for most
        Dictionary<IDocumentActor, Task<CollabException?>>? asked = null;
        foreach (var pending in batch)
        {
            pending.Denial = null;
            if (pending.Submission.Actor is not { } author || asked?.ContainsKey(author) == true)
                continue;
            var denial = FindDenialAsync(author, membershipVersion);
            if (denial.IsCompletedSuccessfully)
                pending.Denial = denial.Result;
            else
                (asked ??= new(ReferenceEqualityComparer.Instance)).Add(author, denial.AsTask());
        }

        return asked is null ? ValueTask.CompletedTask : new ValueTask(WaitAsync(batch, asked));
    }

    private static async Task WaitAsync(List<PendingSubmission> batch, Dictionary<IDocumentActor, Task<CollabException?>> asked)
    {
        await Task.WhenAll(asked.Values);
        foreach (var pending in batch)
        {
            if (pending.Submission.Actor is { } author && asked.TryGetValue(author, out var denial))
                pending.Denial = await denial;
        }
    }

    /// <summary>Null: the author may edit.</summary>
    private async ValueTask<CollabException?> FindDenialAsync(IDocumentActor author, long membershipVersion)
    {
        try
        {
            var answer = author.MayEditAsync(membershipVersion, services.Stopping);
            var mayEdit = answer.IsCompleted
                ? await answer
                : await answer.AsTask().WaitAsync(services.Options.StorePatience, services.Time, services.Stopping);
            return mayEdit ? null : CollabException.PermissionDenied("Only editors and owners may change the document.");
        }
        catch (CollabException refusal)
        {
            return refusal;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !services.Stopping.IsCancellationRequested)
        {
            // a cancellation too: it is the application's own, as of its HTTP client's time limit
            SessionLog.AuthorizationFailed(services.Logger, documentId, exception);
            return CollabException.OperationFailed();
        }
    }
}
