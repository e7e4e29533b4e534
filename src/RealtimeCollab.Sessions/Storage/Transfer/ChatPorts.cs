using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>All ports of one store's chat.</summary>
/// <param name="Messages">Rooms and messages.</param>
/// <param name="Members">Who is in them.</param>
/// <param name="Notifications">What users are to hear of.</param>
/// <param name="Archive">All of it.</param>
public sealed record ChatPorts(IMessageStore Messages, IRoomMemberStore Members, INotificationStore Notifications, IChatArchive Archive);
