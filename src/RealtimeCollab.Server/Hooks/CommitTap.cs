using RealtimeCollab.Sessions.Documents.Notices;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Notices that the application's hooks hear of too: of this node's commits, each once.</summary>
internal sealed class CommitTap(ICommitNotices notices, CommitHookQueue queue) : ICommitNotices
{
    public void Publish(CommitNotice notice)
    {
        queue.Post(notice);
        notices.Publish(notice);
    }

    public ValueTask<IDisposable> FollowAsync(string documentId, Action<CommitNotice> onNotice) => notices.FollowAsync(documentId, onNotice);
}
