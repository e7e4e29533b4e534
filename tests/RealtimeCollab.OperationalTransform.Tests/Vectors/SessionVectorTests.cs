using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Vectors;

/// <summary>Whole sessions, replayed as the server and as each client.</summary>
public sealed class SessionVectorTests
{
    [Theory]
    [InlineData("client-server-plain.jsonl", 40)]
    [InlineData("client-server-rich.jsonl", 30)]
    public void Server_EverySession_AcceptsAndEndsAsGiven(string file, int sessions) => VectorFile.ForEach(file, null, sessions, session =>
    {
        var document = session.Document("doc");
        var log = new List<TextOperation>();
        foreach (var entry in session.GetProperty("log").EnumerateArray())
        {
            var operation = entry.Operation("op");
            foreach (var committed in log.Skip(entry.GetProperty("base").GetInt32()))
                operation = operation.TransformOver(committed);

            Assert.Equal(entry.Operation("accepted"), operation);
            document = document.Apply(operation);
            log.Add(operation);
        }

        DocumentContent.AssertEqual(session.Document("final"), document);
    });

    [Theory]
    [InlineData("client-server-plain.jsonl", 40)]
    [InlineData("client-server-rich.jsonl", 30)]
    public void Client_EverySession_AppliesAndSendsAsGiven(string file, int sessions) => VectorFile.ForEach(file, null, sessions, session =>
    {
        foreach (var events in session.GetProperty("events").EnumerateArray())
        {
            var (document, state) = (session.Document("doc"), ClientState.Synchronized(0));
            foreach (var step in events.EnumerateArray())
                (document, state) = Replay(step, document, state);

            DocumentContent.AssertEqual(session.Document("final"), document);
            Assert.Equal((ClientStatus.Synchronized, (long)session.GetProperty("log").GetArrayLength()), (state.Status, state.Revision));
        }
    });

    private static (Document Document, ClientState State) Replay(JsonElement step, Document document, ClientState state)
    {
        var before = state.Outgoing;
        switch (step.GetProperty("event").GetString())
        {
            case "edit":
                var edit = step.Operation("op");
                (document, state) = (document.Apply(edit), state.ApplyLocal(edit));
                break;
            case "recv":
                (state, var apply) = state.ApplyRemote(step.Operation("op"));
                Assert.Equal(step.Operation("apply"), apply);
                document = document.Apply(apply);
                break;
            default:
                state = state.Acknowledge();
                break;
        }

        if (step.TryGetProperty("send", out var send))
        {
            Assert.NotSame(before, state.Outgoing);
            Assert.Equal(new OutgoingOperation(send[0].GetInt64(), TextOperation.ParseArray(send[1].Utf8())), state.Outgoing);
        }
        else if (state.Outgoing is not null)
        {
            Assert.Same(before, state.Outgoing);
        }

        return (document, state);
    }
}
