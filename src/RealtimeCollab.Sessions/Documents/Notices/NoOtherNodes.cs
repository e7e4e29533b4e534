namespace RealtimeCollab.Sessions.Documents.Notices;

/// <summary>For one node: there is nobody to tell and nobody to hear.</summary>
public sealed class NoOtherNodes : ICommitNotices, IDisposable
{
    /// <inheritdoc/>
    public void Publish(CommitNotice notice)
    {
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> FollowAsync(string documentId, Action<CommitNotice> onNotice) => new(this);

    /// <summary>Ends nothing.</summary>
    public void Dispose()
    {
    }
}
