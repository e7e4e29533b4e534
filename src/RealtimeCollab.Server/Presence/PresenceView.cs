using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Presence;

/// <summary>Users as one receiver may see them: with those of their documents that the receiver may read.</summary>
internal sealed class PresenceView(ReadableDocuments documents)
{
    public async ValueTask<IReadOnlyList<PresenceUser>> OfAsync(IReadOnlyList<UserPresence> users, CancellationToken cancellationToken)
    {
        var seen = new PresenceUser[users.Count];
        for (var i = 0; i < seen.Length; i++)
            seen[i] = users[i].ToWire(await ReadableAsync(users[i].Documents, cancellationToken));
        return seen;
    }

    private async ValueTask<IReadOnlyList<string>> ReadableAsync(IReadOnlyList<string> documentIds, CancellationToken cancellationToken)
    {
        List<string>? readable = null;
        for (var i = 0; i < documentIds.Count; i++)
        {
            if (await documents.MayReadAsync(documentIds[i], cancellationToken))
                readable?.Add(documentIds[i]);
            else
                readable ??= [.. documentIds.Take(i)];
        }

        return readable ?? documentIds;
    }
}
