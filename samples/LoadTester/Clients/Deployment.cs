using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>What is put under load, and how clients come to it.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly Uri _server;

    /// <param name="server">The base address.</param>
    /// <param name="protocol">How all clients write their messages.</param>
    /// <param name="tokens">Taken in turn; none: development tokens.</param>
    /// <param name="measurements">Where all connections are counted.</param>
    public Deployment(Uri server, HubProtocolChoice protocol, IReadOnlyList<string> tokens, Measurements measurements)
    {
        _server = new Uri($"{server.AbsoluteUri.TrimEnd('/')}/");
        Tokens = new AccessTokens(_server, tokens);
        Protocol = CreateProtocol(protocol);
        Measurements = measurements;
    }

    public AccessTokens Tokens { get; }

    /// <summary>Without state: one for all connections.</summary>
    public IHubProtocol Protocol { get; }

    public Measurements Measurements { get; }

    public Uri HubAddress(string hub, ClientIdentity client) => new(_server, $"hubs/{hub}?clientId={client.ClientId}&device=load-tester");

    public void Dispose() => Tokens.Dispose();

    private static IHubProtocol CreateProtocol(HubProtocolChoice choice)
    {
        var builder = new HubConnectionBuilder();
        _ = choice == HubProtocolChoice.Json ? builder.AddRealtimeCollabJson() : builder.AddRealtimeCollabMessagePack();
        using var services = builder.Services.BuildServiceProvider();
        // a HubConnection takes the one that was registered last, too
        return services.GetServices<IHubProtocol>().Last();
    }
}
