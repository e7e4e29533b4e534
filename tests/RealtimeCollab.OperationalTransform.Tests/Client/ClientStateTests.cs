namespace RealtimeCollab.OperationalTransform.Tests.Client;

public sealed class ClientStateTests
{
    [Fact]
    public void Outgoing_RemoteEditsWhileAwaiting_StaysAsItWasSent()
    {
        var edit = TextOperation.Replace(3, 3, 0, "x");
        var sent = ClientState.Synchronized(7).ApplyLocal(edit);
        var (later, apply) = sent.ApplyRemote(TextOperation.Replace(3, 0, 0, "y"));

        Assert.Equal(new OutgoingOperation(7, edit), sent.Outgoing);
        Assert.Same(sent.Outgoing, later.Outgoing);
        Assert.Equal(TextOperation.Replace(4, 4, 0, "x"), later.Outstanding);
        Assert.Equal(TextOperation.Replace(4, 0, 0, "y"), apply);
        Assert.Equal((8, ClientStatus.Awaiting), (later.Revision, later.Status));
    }

    [Fact]
    public void Acknowledge_WithABuffer_SendsItFromTheNewRevision()
    {
        var state = ClientState.Synchronized(0)
            .ApplyLocal(TextOperation.Replace(0, 0, 0, "a"))
            .ApplyLocal(TextOperation.Replace(1, 1, 0, "b"))
            .ApplyLocal(TextOperation.Replace(2, 2, 0, "c"));
        Assert.Equal(ClientStatus.AwaitingWithBuffer, state.Status);
        Assert.Equal(TextOperation.Replace(0, 0, 0, "abc"), state.Pending);

        state = state.Acknowledge();
        Assert.Equal(new OutgoingOperation(1, TextOperation.Replace(1, 1, 0, "bc")), state.Outgoing);
        state = state.Acknowledge();
        Assert.Equal((ClientStatus.Synchronized, 2, null), (state.Status, state.Revision, state.Pending));
    }

    [Fact]
    public void ApplyLocal_EditThatDoesNotFit_IsRefused()
    {
        var state = ClientState.Synchronized(0).ApplyLocal(TextOperation.Replace(0, 0, 0, "a"));
        Assert.Throws<OperationException>(() => state.ApplyLocal(TextOperation.Replace(5, 0, 0, "b")));
        Assert.Throws<OperationException>(() => state.ApplyRemote(TextOperation.Replace(5, 0, 0, "b")));
    }

    [Fact]
    public void Acknowledge_NothingOutstanding_Throws() =>
        Assert.Throws<InvalidOperationException>(static () => ClientState.Synchronized(0).Acknowledge());
}
