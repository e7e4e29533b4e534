using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Protocol.MessagePack;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Makes a HubConnection speak the contract; every HubConnection for this client needs one of the two.</summary>
public static class CollabProtocolExtensions
{
    /// <summary>JSON as the contract writes it: camelCase, enums as strings, UTC times.</summary>
    /// <param name="builder">A HubConnectionBuilder.</param>
    public static TBuilder AddRealtimeCollabJson<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.AddJsonProtocol(options => ProtocolJson.Configure(options.PayloadSerializerOptions));
        return builder;
    }

    /// <summary>MessagePack, with the shapes of <see cref="AddRealtimeCollabJson"/>: fewer bytes, and less work for both sides.</summary>
    /// <param name="builder">A HubConnectionBuilder.</param>
    public static TBuilder AddRealtimeCollabMessagePack<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.AddRealtimeCollabJson();
        // a connection takes the protocol that was registered last
        builder.Services.AddSingleton<IHubProtocol, CollabMessagePackProtocol>();
        return builder;
    }
}
