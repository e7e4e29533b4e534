using Dapper;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

/// <summary>A batch of messages as arrays, one for each column.</summary>
internal static class MessageParameters
{
    public static DynamicParameters From(MessageBatch batch)
    {
        var parameters = new DynamicParameters(new { batch.Sequence, batch.Change, batch.Room.RoomId, batch.Room.Incarnation, batch.ExpectedChange });
        var messages = batch.Messages;
        Add("sequences", message => message.Sequence);
        Add("changes", message => message.Change);
        Add("messageIds", message => message.MessageId);
        Add("clientMessageIds", message => message.ClientMessageId);
        Add("senderIds", message => message.SenderId);
        Add("senderNames", message => message.SenderName);
        Add("contents", message => message.Content);
        Add("messageTypes", message => message.MessageType);
        Add("mentions", message => MessageColumns.WriteMentions(message.Mentions));
        Add("repliesTo", message => message.ReplyTo);
        Add("reactions", message => MessageColumns.WriteReactions(message.Reactions));
        Add("sentAt", message => message.Timestamp.UtcDateTime);
        // an array with nulls in it is a timestamptz[] only of this type
        Add("editedAt", message => message.EditedAt);
        Add("deletedAt", message => message.DeletedAt);
        parameters.Add("mentionedUsers", batch.Mentions.Select(mention => mention.UserId).ToArray());
        parameters.Add("mentionTypes", batch.Mentions.Select(mention => mention.Type).ToArray());
        parameters.Add("mentioningSequences", batch.Mentions.Select(mention => mention.Sequence).ToArray());
        parameters.Add("mentionTimes", batch.Mentions.Select(mention => mention.Timestamp.UtcDateTime).ToArray());
        return parameters;

        void Add<T>(string name, Func<StoredMessage, T> column) => parameters.Add(name, messages.Select(column).ToArray());
    }
}
