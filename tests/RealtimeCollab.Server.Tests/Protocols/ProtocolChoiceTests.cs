using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Protocol.MessagePack;

namespace RealtimeCollab.Server.Tests.Protocols;

/// <summary>An application that registers a MessagePack protocol of its own, such as the official package, has that one.</summary>
public sealed class ProtocolChoiceTests
{
    [Fact]
    public void MessagePack_OfThisLibrary_IsThereByDefault() => Assert.IsType<CollabMessagePackProtocol>(Resolve(services => services.AddRealtimeCollab()));

    [Fact]
    public void MessagePack_OfTheApplication_IsTakenWheneverItWasRegistered()
    {
        Assert.IsType<AnotherProtocol>(Resolve(services => services.AddSingleton<IHubProtocol, AnotherProtocol>().AddRealtimeCollab()));
        Assert.IsType<AnotherProtocol>(Resolve(services => services.AddRealtimeCollab().AddSingleton<IHubProtocol, AnotherProtocol>()));
    }

    private static IHubProtocol? Resolve(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        register(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IHubProtocolResolver>().GetProtocol("messagepack", supportedProtocols: null);
    }

    private sealed class AnotherProtocol : IHubProtocol
    {
        public string Name => "messagepack";

        public int Version => 2;

        public TransferFormat TransferFormat => TransferFormat.Binary;

        public bool IsVersionSupported(int version) => true;

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => throw new NotSupportedException();

        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => throw new NotSupportedException();

        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
            throw new NotSupportedException();
    }
}
