using RealtimeCollab.Sessions.Presence.Nodes;
using RealtimeCollab.Sessions.Presence.Nodes.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Storage.Tests.Conformance;

public sealed class MemoryPresenceStoreTests : PresenceStoreTests
{
    private readonly ManualTime _time = new();

    public MemoryPresenceStoreTests() => Store = new MemoryPresenceStore(_time);

    protected override IPresenceStore Store { get; }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
