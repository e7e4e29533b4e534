using RealtimeCollab.Sessions.Rooms.Nodes;

namespace RealtimeCollab.Sessions.Documents.Notices;

/// <summary>What a session hears of the other nodes that have its document open: their commits, and who is in the document there.</summary>
internal sealed class HeardNodes : IDisposable
{
    private readonly List<IDisposable> _following = [];

    /// <summary>What they committed.</summary>
    public HeardCommits Commits { get; } = new();

    /// <summary>Hears of their parts of the room. What comes before the room is there is said again, as the room asks for it.</summary>
    public Action<RoomNotice>? OnRoom { get; set; }

    /// <summary>Begins to hear. Waits for a way that is away for a moment only.</summary>
    public static async Task<HeardNodes> FollowAsync(string documentId, SessionServices services)
    {
        var heard = new HeardNodes();
        var commits = services.Notices.FollowAsync(documentId, heard.Commits.Add).AsTask();
        if (services.Rooms is { } rooms)
            heard._following.Add(await rooms.Notices.FollowAsync(documentId, notice => heard.OnRoom?.Invoke(notice)));
        heard._following.Add(await commits);
        return heard;
    }

    public void Dispose()
    {
        foreach (var following in _following)
            following.Dispose();
    }
}
