using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Tests.Support;

namespace RealtimeCollab.Sessions.Tests.Rooms.Nodes;

/// <summary>Nodes with one store that tell each other who is in their rooms, on a clock that stands still.</summary>
internal sealed class RoomWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<Node> _nodes = [];

    public static SessionOptions Options { get; } = new();

    public SessionFixture Store { get; } = new();

    public RoomLines Lines { get; } = new();

    public static RoomMember Member(string connectionId, string user, bool isEditing = false) => new()
    {
        ConnectionId = connectionId,
        ClientId = user + "-client",
        UserId = user,
        UserName = user,
        IsReading = !isEditing,
        IsEditing = isEditing,
    };

    public static Selection At(int position) => new(new SelectionRange(position, position));

    /// <summary>What was asked for becomes true, though on other threads.</summary>
    public static async Task UntilAsync(Func<bool> isTrue, Func<string> describe)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!isTrue())
        {
            Assert.False(patience.IsCancellationRequested, describe());
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Another node, which has the document open.</summary>
    public async Task<Node> StartNodeAsync()
    {
        (await Store.OpenAsync("Hello")).Dispose();
        var line = Lines.NewLine();
        var events = new RecordingEvents();
        var sessions = new DocumentSessions(
            Store.Store, Store.Store, events, Options, Store.Time, NullLogger<DocumentSessions>.Instance, rooms: line);
        var node = new Node(line, events, sessions, await sessions.OpenAsync(SessionFixture.Doc, TestContext.Current.CancellationToken));
        _nodes.Add(node);
        return node;
    }

    /// <summary>Lets so many pulses pass.</summary>
    public async Task PulseAsync(int count)
    {
        for (var beat = 0; beat < count; beat++)
        {
            Store.Time.Advance(Options.NodeInterval);
            await SettleAsync();
        }
    }

    /// <summary>What is to be said is said, on this thread and on others.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            await UntilAsync(() => _nodes.All(node => !((ISession)node.Session).IsBusy), () => "an outbox does not get empty");
            Store.Time.Advance(Options.SelectionInterval);
        }
    }

    /// <summary>Each of the nodes has these, and no others.</summary>
    public async Task ExpectAsync(string users, params Node[] nodes)
    {
        await SettleAsync();
        foreach (var node in nodes)
            await UntilAsync(() => string.Equals(node.Users, users, StringComparison.Ordinal), () => $"'{users}' was expected, and '{node.Users}' are there");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.Lease.Dispose();
            await node.Sessions.DisposeAsync();
        }

        await Store.DisposeAsync();
    }

    internal sealed record Node(RoomLines.Line Line, RecordingEvents Events, DocumentSessions Sessions, Lease<DocumentSession> Lease)
    {
        public DocumentSession Session => Lease.Session;

        public DocumentRoom Room => Session.Room;

        /// <summary>The users, in the order of their names.</summary>
        public string Users => string.Join(' ', Room.Members.Select(member => member.UserId).Order(StringComparer.Ordinal));
    }
}
