using System.Runtime.CompilerServices;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.PersonalData;

/// <summary>Goes through all messages of all rooms, and changes some through their rooms, so that those who are there see it.</summary>
internal sealed class MessageSweep(ChatRooms rooms, IMessageStore messages, IChatArchive archive)
{
    private const int PageSize = 200;

    /// <summary>All rooms, in the order of their ids.</summary>
    public async IAsyncEnumerable<RoomHead> RoomsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = "";
        while (await archive.ListRoomsAsync(last, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var room in page)
                yield return room;
            last = page[^1].RoomId;
        }
    }

    /// <summary>The messages of a room after a place, in pages.</summary>
    public async IAsyncEnumerable<IReadOnlyList<StoredMessage>> PagesAsync(
        RoomHead room, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await messages.ReadAsync(room.Key, MessageRange.AfterSequence(afterSequence), PageSize, cancellationToken) is { Count: > 0 } page)
        {
            yield return page;
            afterSequence = page[^1].Sequence;
        }
    }

    /// <summary>Changes messages in the room's turn.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/> or <see cref="CollabError.ServerDraining"/>.</exception>
    public async ValueTask ExecuteAsync(RoomHead room, RoomCommand command, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await rooms.OpenAsync(room, cancellationToken);
            await lease.Session.ExecuteAsync(command, ServerActor.Instance);
        }
        catch (CollabException gone) when (gone.Error == CollabError.RoomNotFound)
        {
            // with all its messages
        }
    }
}
