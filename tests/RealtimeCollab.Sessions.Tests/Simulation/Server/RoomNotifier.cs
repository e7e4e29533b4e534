using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Simulation.Client;

namespace RealtimeCollab.Sessions.Tests.Simulation.Server;

/// <summary>What sessions tell, to the members on this node and, by messages that may be lost, to those on the others.</summary>
internal sealed class RoomNotifier(World world, SimulatedNode node) : IDocumentEvents
{
    public async ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
    {
        world.Checks.OnPublished(documentId, entries);
        await Task.Delay(world.Latency(5), node.Process.Time, cancellationToken);
        if (world.Faults.Strikes(world.Faults.PublishFails))
            throw new IOException("The message could not be sent.");
        var batch = entries.ToBatch(documentId, entries[0].Revision - 1);
        ToAll(documentId, client => client.Receive(replica => replica.Receive(batch)));
    }

    public ValueTask SelectionsChangedAsync(
        string documentId, long revision, IReadOnlyList<RoomMember> members, CancellationToken cancellationToken)
    {
        var message = new SelectionsChanged
        {
            DocumentId = documentId,
            Revision = revision,
            Selections = [.. members.Select(WireForm.ToSelection)],
        };
        ToAll(documentId, client => client.Receive(replica => replica.SelectionsMoved(message)));
        return ValueTask.CompletedTask;
    }

    public ValueTask MemberJoinedAsync(string documentId, RoomMember member, CancellationToken cancellationToken)
    {
        ToAll(documentId, client => client.Receive(replica => replica.ParticipantJoined(member.ToParticipant())));
        return ValueTask.CompletedTask;
    }

    public ValueTask MemberLeftAsync(string documentId, RoomMember member, CancellationToken cancellationToken)
    {
        ToAll(documentId, client => client.Receive(replica => replica.ParticipantLeft(member.ToParticipant())));
        return ValueTask.CompletedTask;
    }

    public ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken)
    {
        var message = new SessionInfo
        {
            DocumentId = session.DocumentId,
            SessionId = session.SessionId,
            Revision = session.State.Revision,
            ReaderCount = session.Room.ReaderCount,
            WriterCount = session.Room.WriterCount,
            Clients = [.. session.Room.Members.Select(WireForm.ToParticipant)],
        };
        ToAll(session.DocumentId, client => client.Receive(replica => replica.MembersListed(message)));
        return ValueTask.CompletedTask;
    }

    private void ToAll(string documentId, Action<SimulatedClient> message)
    {
        world.Scheduler.IsOnThread("a message to a room");
        node.Tell(documentId, message);
        foreach (var other in world.Nodes)
        {
            if (other != node)
                world.Network.Forward(other, there => there.Tell(documentId, message));
        }
    }
}
