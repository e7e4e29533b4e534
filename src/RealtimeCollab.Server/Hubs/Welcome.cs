using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Connections;

namespace RealtimeCollab.Server.Hubs;

/// <summary>Makes the first message on every hub.</summary>
internal sealed class Welcome(IOptions<RealtimeCollabOptions> options, TimeProvider time)
{
    private const int ServerIdDigits = 16;

    /// <summary>Random; another one after every start.</summary>
    public string ServerId { get; } = RandomNumberGenerator.GetHexString(ServerIdDigits, lowercase: true);

    public WelcomeMessage For(ClientIdentity identity) => new()
    {
        ClientId = identity.ClientId,
        ServerId = ServerId,
        UserId = identity.UserId,
        UserName = identity.UserName,
        ProtocolVersion = ProtocolVersion.Current,
        ServerTime = time.GetUtcNow(),
        Limits = options.Value.Limits,
    };
}
