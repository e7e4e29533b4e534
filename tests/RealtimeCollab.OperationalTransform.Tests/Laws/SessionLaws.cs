using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>A server and 2 to 6 clients with queues between them, stepped in any order.</summary>
internal static class SessionLaws
{
    public static IEnumerable<Law> Of(bool rich)
    {
        yield return new($"sessions converge, {(rich ? "rich" : "plain")}", random => Converge(new RandomOperations(random, rich)));
    }

    private static void Converge(RandomOperations draw)
    {
        var session = new SimulatedSession(draw.Document(30), clients: draw.Random.Next(2, 7));
        for (var steps = draw.Random.Next(10, 80); steps > 0; steps--)
        {
            var client = session.Clients[draw.Random.Next(session.Clients.Count)];
            switch (draw.Random.Next(8))
            {
                case 0 or 1 or 2:
                    client.Edit(draw.Random.Next(3) == 0 ? draw.Operation(client.Document) : draw.Edit(client.Document));
                    break;
                case 3:
                    client.UndoOrRedo(undo: draw.Random.Next(3) != 0);
                    break;
                case 4 or 5:
                    client.Send();
                    break;
                case 6:
                    client.Resend(); // the answer was lost: the server knows the operation already
                    break;
                default:
                    client.Receive();
                    break;
            }
        }

        session.Settle();
        foreach (var client in session.Clients)
        {
            Assert.Equal(ClientStatus.Synchronized, client.State.Status);
            DocumentContent.AssertEqual(session.Document, client.Document);
        }
    }
}
