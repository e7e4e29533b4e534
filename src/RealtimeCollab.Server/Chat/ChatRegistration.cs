using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Notifications;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>Registers what the chat hub needs.</summary>
internal static class ChatRegistration
{
    public static void AddChat(this IServiceCollection services)
    {
        services.TryAddSingleton<IMessageStore>(_ => throw RealtimeCollabServiceCollectionExtensions.NoStore());
        services.TryAddSingleton<IRoomMemberStore>(_ => throw RealtimeCollabServiceCollectionExtensions.NoStore());
        services.TryAddSingleton<INotificationStore>(_ => throw RealtimeCollabServiceCollectionExtensions.NoStore());
        services.TryAddSingleton<IChatArchive>(_ => throw RealtimeCollabServiceCollectionExtensions.NoStore());
        services.TryAddSingleton<ChatOptions>();
        services.TryAddSingleton<IChatEvents, ChatNotifier>();
        services.TryAddSingleton<ChatRooms>();
        services.TryAddSingleton<ChatConnections>();
        services.TryAddSingleton<ChatRules>();
        services.TryAddSingleton<RoomDirectory>();
        services.TryAddSingleton<ChatReader>();
        services.TryAddSingleton<RoomMembers>();
        services.AddSingleton<IDocumentGuests, ChatGuests>();
        services.TryAddSingleton<RoomKeeper>();
        services.TryAddSingleton<MessageIntake>();
        services.TryAddSingleton<ReadMarks>();
        services.TryAddSingleton<NotificationReader>();
        services.TryAddSingleton<ICollabNotifications, CollabNotifications>();
    }
}
