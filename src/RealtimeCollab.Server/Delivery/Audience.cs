using System.Runtime.InteropServices;

namespace RealtimeCollab.Server.Delivery;

/// <summary>By what somebody is meant.</summary>
internal enum AudienceKind
{
    All,
    User,
    Group,
    Connection,
}

/// <summary>Who is to get a message.</summary>
/// <param name="Kind">By what they are meant.</param>
/// <param name="Name">The user, group or connection; empty for all.</param>
/// <param name="Excluded">Connections that do not get it all the same.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Audience(AudienceKind Kind, string Name, IReadOnlyList<string> Excluded)
{
    public static Audience All { get; } = new(AudienceKind.All, string.Empty, []);

    public static Audience AllBut(IReadOnlyList<string> excluded) => new(AudienceKind.All, string.Empty, excluded);

    public static Audience User(string userId) => new(AudienceKind.User, userId, []);

    public static Audience Connection(string connectionId) => new(AudienceKind.Connection, connectionId, []);

    public static Audience Group(string name) => new(AudienceKind.Group, name, []);

    public static Audience GroupBut(string name, IReadOnlyList<string> excluded) => new(AudienceKind.Group, name, excluded);

    public bool Excludes(Receiver receiver) => Excluded.Count > 0 && Excluded.Contains(receiver.ConnectionId, StringComparer.Ordinal);
}
