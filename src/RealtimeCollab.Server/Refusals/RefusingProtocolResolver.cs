using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeCollab.Server.Refusals;

/// <summary>Finds the protocols of the application, whichever they are, and gives their binding failures a code.</summary>
internal sealed class RefusingProtocolResolver(IHubProtocolResolver inner) : IHubProtocolResolver
{
    public IReadOnlyList<IHubProtocol> AllProtocols => inner.AllProtocols;

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        inner.GetProtocol(protocolName, supportedProtocols) is { } protocol ? new RefusingProtocol(protocol) : null;
}
