namespace RealtimeCollab.Client.Tests.EditStores;

public sealed class MemoryEditStoreTests : EditStoreConformance
{
    protected override IEditStore Store() => new MemoryEditStore();
}
