using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Chat;

/// <summary>
/// A chat room, kept up by itself: messages come in the order of their sequences, each once, whatever happens to the connection, and
/// what is sent gets through once. Safe for any thread; events come one after another, in order, and never while a lock is held.
/// </summary>
public sealed partial class ChatRoom : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly RoomTimeline _timeline = new();
    private readonly TypingPeople _typing;
    private readonly EventQueue _events;
    private readonly ChatCalls _calls;
    private readonly CollabClientOptions _options;
    private readonly Action _left;
    private readonly CancellationTokenSource _leaving = new();
    private readonly SemaphoreSlim _sending = new(1);
    private ImmutableList<PendingMessage> _pending = [];

    internal ChatRoom(string roomId, ChatCalls calls, CollabClientOptions options, Action left)
    {
        Id = roomId;
        (_calls, _options, _left) = (calls, options, left);
        _typing = new TypingPeople(options.TimeProvider);
        _events = new EventQueue(options.LoggerFactory.CreateLogger<ChatRoom>());
    }

    /// <summary>A message is new: every one, in the order of their sequences, each once.</summary>
    public event EventHandler<ChatMessageEventArgs>? MessageReceived;

    /// <summary>A message changed: its content, its reactions, or it was deleted.</summary>
    public event EventHandler<ChatMessageEventArgs>? MessageChanged;

    /// <summary>The messages were replaced as a whole: at the first joining, and after an absence too long to be made up for.</summary>
    public event EventHandler? HistoryReset;

    /// <summary><see cref="Typing"/> changed.</summary>
    public event EventHandler? TypingChanged;

    /// <summary>Somebody has read on: see <see cref="Members"/>, <see cref="LastReadSequence"/> and <see cref="UnreadCount"/>.</summary>
    public event EventHandler? ReadChanged;

    /// <summary><see cref="State"/> changed.</summary>
    public event EventHandler? StateChanged;

    /// <summary>The room's id.</summary>
    public string Id { get; }

    /// <summary>Whether it shows what the server has.</summary>
    public ChatRoomState State { get; private set; }

    /// <summary>The server's refusal.</summary>
    public CollabClientException? ClosedBecause { get; private set; }

    /// <summary>The messages that were loaded, a stretch without gaps up to the last one, in their order.</summary>
    public ImmutableArray<ChatMessage> Messages => Read(() => _timeline.Messages.ToImmutableArray());

    /// <summary>What was sent here and the server may not have yet, in order.</summary>
    public ImmutableArray<PendingMessage> Pending => Read(() => _pending.ToImmutableArray());

    /// <summary>The people of the room as they were at the last joining, with their marks as they are now.</summary>
    public ImmutableArray<ChatMember> Members { get; private set; } = [];

    /// <summary>What the user may do.</summary>
    public DocumentRole Role { get; private set; }

    /// <summary>Up to where the user has read, on whichever device.</summary>
    public long LastReadSequence { get; private set; }

    /// <summary>Messages of others after that.</summary>
    public int UnreadCount { get; private set; }

    /// <summary>The names of the others who type.</summary>
    public IReadOnlyList<string> Typing => Read(() => _typing.Names(UserId));

    private string? UserId { get; set; }

    /// <summary>Sends a message, again and again until the server has it. Messages go out in the order of the calls.</summary>
    /// <param name="content">1 to the server's maxMessageLength UTF-16 code units.</param>
    /// <param name="options">Null for plain text to everyone.</param>
    /// <param name="cancellationToken">Gives up; the message may have been stored.</param>
    /// <exception cref="CollabClientException">The server's refusal; the message is not stored.</exception>
    public async Task<SendMessageResult> SendAsync(string content, SendMessageOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new SendMessageRequest
        {
            RoomId = Id,
            ClientMessageId = Guid.NewGuid().ToString("N"),
            Content = content,
            Mentions = options?.Mentions,
            ReplyTo = options?.ReplyTo,
            MessageType = options?.MessageType,
        };
        Update(() => _pending = _pending.Add(new PendingMessage(request.ClientMessageId, content)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _leaving.Token);
        try
        {
            // one at a time, so that none overtakes another when it has to be sent again
            await _sending.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                await _calls.PaceAsync(stop.Token).ConfigureAwait(false);
                return await _calls.RunAsync(hub => hub.SendMessage(request), stop.Token).ConfigureAwait(false);
            }
            finally
            {
                _sending.Release();
            }
        }
        finally
        {
            Update(() => Forget(request.ClientMessageId));
        }
    }

    /// <summary>Replaces the content of a message.</summary>
    /// <exception cref="CollabClientException"><c>permission_denied</c>, <c>message_not_found</c> or another refusal.</exception>
    public Task EditAsync(string messageId, string content, IReadOnlyList<string>? mentions = null, CancellationToken cancellationToken = default) =>
        _calls.RunAsync(hub => hub.EditMessage(new EditMessageRequest { RoomId = Id, MessageId = messageId, Content = content, Mentions = mentions }), cancellationToken);

    /// <summary>Deletes a message.</summary>
    /// <exception cref="CollabClientException"><c>permission_denied</c>, <c>message_not_found</c> or another refusal.</exception>
    public Task DeleteAsync(string messageId, CancellationToken cancellationToken = default) =>
        _calls.RunAsync(hub => hub.DeleteMessage(new DeleteMessageRequest { RoomId = Id, MessageId = messageId }), cancellationToken);

    /// <summary>Adds a reaction, or takes it back.</summary>
    /// <exception cref="CollabClientException"><c>permission_denied</c>, <c>message_not_found</c> or another refusal.</exception>
    public Task ReactAsync(string messageId, string emoji, bool isSet = true, CancellationToken cancellationToken = default) =>
        _calls.RunAsync(hub => hub.SetReaction(new SetReactionRequest { RoomId = Id, MessageId = messageId, Emoji = emoji, IsSet = isSet }), cancellationToken);

    /// <summary>Notes that the user has read up to a message.</summary>
    /// <exception cref="CollabClientException">The server's refusal.</exception>
    public Task MarkReadAsync(long sequence, CancellationToken cancellationToken = default) =>
        _calls.RunAsync(hub => hub.MarkRead(new MarkReadRequest { RoomId = Id, Sequence = sequence }), cancellationToken);

    /// <summary>Tells that the user types; to be called again at least every 5 seconds while it lasts. It is lost if there is no connection.</summary>
    public async Task SetTypingAsync(bool isTyping)
    {
        try
        {
            if (State == ChatRoomState.Joined)
                await _calls.Hub.SetTyping(new SetTypingRequest { RoomId = Id, IsTyping = isTyping }).ConfigureAwait(false);
        }
        catch (CollabClientException)
        {
            // it ends by itself, and the next one is told again
        }
    }

    /// <summary>Loads messages from before the first one that is there.</summary>
    /// <param name="limit">At most so many, 1 to 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="CollabClientException">The server's refusal.</exception>
    public async Task<bool> LoadOlderAsync(int limit = 50, CancellationToken cancellationToken = default)
    {
        if (Messages is not [{ Sequence: > 1 } first, ..])
            return false;
        var page = await _calls.RunAsync(
            hub => hub.GetMessages(new GetMessagesRequest { RoomId = Id, BeforeSequence = first.Sequence, Limit = limit }), cancellationToken).ConfigureAwait(false);
        Update(() => _timeline.Prepend(page.Messages));
        return page.Messages is [{ Sequence: > 1 }, ..];
    }

    /// <summary>Leaves the room at once. What is not sent yet is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_leaving.IsCancellationRequested)
            return;
        await _leaving.CancelAsync().ConfigureAwait(false);
        _left();
        Update(() => Become(ChatRoomState.Closed));
        try
        {
            await _calls.Hub.LeaveRoom(new LeaveRoomRequest { RoomId = Id }).WaitAsync(TimeSpan.FromSeconds(5), _options.TimeProvider).ConfigureAwait(false);
        }
        catch (Exception error) when (error is CollabClientException or TimeoutException)
        {
            // the server notices by itself when the connection ends
        }
    }

    private void Forget(string clientMessageId) => _pending = _pending.RemoveAll(message => message.ClientMessageId == clientMessageId);

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }
}
