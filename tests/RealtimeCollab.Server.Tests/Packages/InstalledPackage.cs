using RealtimeCollab.Server.Tests.Page;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>The tests that share one installation of the npm package.</summary>
[CollectionDefinition(Name)]
public sealed class InstalledPackage : ICollectionFixture<NpmConsumer>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "npm package";
}
