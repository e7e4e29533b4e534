using System.Security.Cryptography;

namespace RealtimeCollab.Server.Connections;

/// <summary>
/// Which client ids are in use on this node, and by whom: an id belongs to the user who has connections under it, so that
/// nobody can pass for somebody else's device.
/// </summary>
internal sealed class ClientRegistry
{
    private const int MadeIdBytes = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Holder> _clients = new(StringComparer.Ordinal);

    /// <summary>
    /// Counts a connection and returns its client id: the wanted one, or a new one if none is wanted or the wanted one is
    /// another user's. Which it is, the client reads in its Welcome.
    /// </summary>
    public string Admit(string userId, string? wanted)
    {
        lock (_lock)
        {
            var clientId = wanted;
            if (clientId is null || (_clients.TryGetValue(clientId, out var holder) && !string.Equals(holder.UserId, userId, StringComparison.Ordinal)))
                clientId = RandomNumberGenerator.GetHexString(MadeIdBytes * 2, lowercase: true);
            _clients[clientId] = new Holder(userId, _clients.GetValueOrDefault(clientId)?.Connections + 1 ?? 1);
            return clientId;
        }
    }

    /// <summary>Takes back one <see cref="Admit"/>.</summary>
    public void Release(string clientId)
    {
        lock (_lock)
        {
            var holder = _clients[clientId];
            if (holder.Connections == 1)
                _clients.Remove(clientId);
            else
                _clients[clientId] = holder with { Connections = holder.Connections - 1 };
        }
    }

    private sealed record Holder(string UserId, int Connections);
}
