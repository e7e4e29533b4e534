namespace RealtimeCollab.Sessions.Backplane;

/// <summary>
/// Carries messages between nodes, by channel. Only a hint: while it is away messages are lost, and what must not be lost is found again by other
/// ways (docs/architecture.md). Safe for concurrent use.
/// </summary>
public interface IBackplane
{
    /// <summary>
    /// Hands a message to all who hear the channel, on all nodes, and does not wait for them. Messages that one node publishes to one channel come in
    /// the order of the calls, as far as they come.
    /// </summary>
    /// <param name="channel">1 to 512 characters.</param>
    /// <param name="message">Copied, or sent, before the call returns.</param>
    void Publish(string channel, ReadOnlyMemory<byte> message);

    /// <summary>
    /// Hears a channel until the result is disposed. Ends when the channel is heard; where the backplane is away, at once, and it is heard as soon as
    /// the backplane is back.
    /// </summary>
    /// <param name="channel">1 to 512 characters.</param>
    /// <param name="onMessage">Is called for one message of the channel after the other, and must not block.</param>
    ValueTask<IDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage);
}
