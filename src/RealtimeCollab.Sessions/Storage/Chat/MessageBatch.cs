namespace RealtimeCollab.Sessions.Storage.Chat;

/// <summary>New and changed messages of one room, all or none, with the notifications of those whom they mention.</summary>
/// <param name="Room">The room; its incarnation must be that of the room's row.</param>
/// <param name="ExpectedChange">Must be the change of the room's row.</param>
/// <param name="Sequence">The place of the room's last message afterwards.</param>
/// <param name="Change">The number of the room's last change afterwards.</param>
/// <param name="Messages">Each message once, as it is afterwards, in the order of their sequences.</param>
/// <param name="Mentions">Notifications to add.</param>
public sealed record MessageBatch(
    RoomKey Room,
    long ExpectedChange,
    long Sequence,
    long Change,
    IReadOnlyList<StoredMessage> Messages,
    IReadOnlyList<NewNotification> Mentions)
{
    /// <summary>For stores, before anything is written.</summary>
    /// <exception cref="InvalidOperationException">There are no messages, or their numbers are not those of such a batch.</exception>
    public void ThrowIfInvalid()
    {
        if (Messages.Count == 0)
            throw new InvalidOperationException("A batch has at least one message.");

        for (var index = 0; index < Messages.Count; index++)
        {
            var message = Messages[index];
            if (message.Change <= ExpectedChange || message.Change > Change || message.Sequence > Sequence
                || (index > 0 && message.Sequence <= Messages[index - 1].Sequence))
                throw new InvalidOperationException($"Message {index} has sequence {message.Sequence} and change {message.Change}.");
        }
    }
}
