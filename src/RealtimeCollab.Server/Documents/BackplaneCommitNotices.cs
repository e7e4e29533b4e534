using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Delivery.Backplane;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Documents;

/// <summary>Notices over the backplane: a document is a channel that those nodes hear which have it open.</summary>
internal sealed class BackplaneCommitNotices(IBackplane backplane, CollabMetrics metrics, TimeProvider time, ILogger<BackplaneCommitNotices> logger)
    : ICommitNotices
{
    private const int NodeIdBytes = 8;

    private readonly string _nodeId = RandomNumberGenerator.GetHexString(NodeIdBytes * 2, lowercase: true);

    public void Publish(CommitNotice notice)
    {
        metrics.Backplane.CountPublished();
        backplane.Publish(ChannelOf(notice.DocumentId), CommitNoticeFormat.Write(_nodeId, notice));
    }

    public async ValueTask<IDisposable> FollowAsync(string documentId, Action<CommitNotice> onNotice)
    {
        var following = new ChannelSubscriptions(backplane, bytes => OnMessage(documentId, bytes, onNotice));
        await Hearing.WaitAsync(following.HoldAsync(ChannelOf(documentId)), time, logger);
        return following;
    }

    private static string ChannelOf(string documentId) => $"commits/{documentId}";

    private void OnMessage(string documentId, ReadOnlyMemory<byte> bytes, Action<CommitNotice> onNotice)
    {
        try
        {
            var notice = CommitNoticeFormat.Read(documentId, bytes.Span, out var nodeId);
            if (string.Equals(nodeId, _nodeId, StringComparison.Ordinal))
                return;
            metrics.Backplane.CountReceived();
            onNotice(notice);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            BackplaneLog.Unreadable(logger, failure);
        }
    }
}
