using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>Copies all rooms and notifications of a store to another one, and compares. Part of <see cref="StoreTransfer"/>.</summary>
internal sealed class ChatTransfer(ChatPorts source, ChatPorts target)
{
    private const int PageSize = 256;

    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        await foreach (var room in ListRoomsAsync(cancellationToken))
            await CopyAsync(room, cancellationToken);
        await foreach (var counter in ListCountersAsync(cancellationToken))
        {
            await foreach (var page in ReadNotificationsAsync(source, counter.UserId, cancellationToken))
                await target.Archive.ImportNotificationsAsync(counter, page, cancellationToken);
            await target.Archive.ImportNotificationsAsync(counter, [], cancellationToken);
        }
    }

    /// <summary>Adds to a digest over the source what it holds.</summary>
    /// <exception cref="StoreTransferException">The target holds something else.</exception>
    public async Task<(int Rooms, long Messages)> VerifyAsync(IncrementalHash all, CancellationToken cancellationToken)
    {
        var (rooms, messages) = (0, 0L);
        await foreach (var room in ListRoomsAsync(cancellationToken))
        {
            var (hash, count) = await DigestAsync(source, room, cancellationToken);
            var copy = await target.Messages.FindRoomsAsync([room.RoomId], cancellationToken) is [var found] ? found : null;
            var copyHash = copy is null ? [] : (await DigestAsync(target, copy, cancellationToken)).Hash;
            if (!hash.AsSpan().SequenceEqual(copyHash))
                throw StoreTransferException.RoomNotEqual(room.RoomId);
            all.AppendData(hash);
            (rooms, messages) = (rooms + 1, messages + count);
        }

        await foreach (var counter in ListCountersAsync(cancellationToken))
        {
            var hash = await DigestAsync(source, counter.UserId, cancellationToken);
            var copyHash = await DigestAsync(target, counter.UserId, cancellationToken);
            if (!hash.AsSpan().SequenceEqual(copyHash))
                throw StoreTransferException.NotificationsNotEqual();
            all.AppendData(hash);
        }

        return (rooms, messages);
    }

    private async Task CopyAsync(RoomHead room, CancellationToken cancellationToken)
    {
        // a room that has messages gets its numbers from them
        var isEmpty = (await source.Messages.ReadAsync(room.Key, MessageRange.Latest, 1, cancellationToken)).Count == 0;
        var there = await target.Archive.ImportRoomAsync(isEmpty ? room : room with { Sequence = 0, Change = 0 }, cancellationToken);
        if (there.Key != room.Key)
            throw StoreTransferException.OtherRoom(room.RoomId);
        while (await source.Messages.ReadAsync(room.Key, MessageRange.AfterChange(there.Change), PageSize, cancellationToken) is { Count: > 0 } page)
        {
            StoredMessage[] messages = [.. page.OrderBy(message => message.Sequence)];
            var batch = new MessageBatch(room.Key, there.Change, Math.Max(there.Sequence, messages[^1].Sequence), page[^1].Change, messages, Mentions: []);
            if (await target.Messages.AppendAsync(batch, cancellationToken) != AppendOutcome.Appended)
                throw StoreTransferException.RoomInUse(room.RoomId);
            there = there with { Sequence = batch.Sequence, Change = batch.Change };
        }

        await target.Archive.ImportMembersAsync(room.Key, await source.Members.ListAsync(room.Key, int.MaxValue, cancellationToken), cancellationToken);
    }

    private static async Task<(byte[] Hash, long Messages)> DigestAsync(ChatPorts ports, RoomHead room, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(digest, room);
        var (after, count) = (0L, 0L);
        while (await ports.Messages.ReadAsync(room.Key, MessageRange.AfterSequence(after), PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var message in page)
                Add(digest, message);
            (after, count) = (page[^1].Sequence, count + page.Count);
        }

        foreach (var member in await ports.Members.ListAsync(room.Key, int.MaxValue, cancellationToken))
            Add(digest, member);
        return (digest.GetHashAndReset(), count);
    }

    private static async Task<byte[]> DigestAsync(ChatPorts ports, string userId, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(digest, userId);
        await foreach (var page in ReadNotificationsAsync(ports, userId, cancellationToken))
        {
            foreach (var notification in page)
                Add(digest, notification);
        }

        return digest.GetHashAndReset();
    }

    /// <summary>As JSON, whose strings end where they end: what follows cannot be taken for a part of it.</summary>
    private static void Add<T>(IncrementalHash digest, T value) => digest.AppendData(JsonSerializer.SerializeToUtf8Bytes(value));

    private static async IAsyncEnumerable<IReadOnlyList<StoredNotification>> ReadNotificationsAsync(
        ChatPorts ports, string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await ports.Notifications.ListAsync(userId, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            yield return page;
            after = page[^1].Id;
        }
    }

    private async IAsyncEnumerable<RoomHead> ListRoomsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = string.Empty;
        while (await source.Archive.ListRoomsAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var room in page)
                yield return room;
            after = page[^1].RoomId;
        }
    }

    private async IAsyncEnumerable<NotificationCounter> ListCountersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = string.Empty;
        while (await source.Archive.ListCountersAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var counter in page)
                yield return counter;
            after = page[^1].UserId;
        }
    }
}
