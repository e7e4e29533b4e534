using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Makes a HubConnection speak the contract.</summary>
public static class CollabProtocolExtensions
{
    /// <summary>JSON as the contract writes it: camelCase, enums as strings, UTC times. Needed by every HubConnection for this client.</summary>
    /// <param name="builder">A HubConnectionBuilder.</param>
    public static TBuilder AddRealtimeCollabJson<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.AddJsonProtocol(options => ProtocolJson.Configure(options.PayloadSerializerOptions));
        return builder;
    }
}
