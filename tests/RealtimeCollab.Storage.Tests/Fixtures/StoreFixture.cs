using Microsoft.Extensions.DependencyInjection;

namespace RealtimeCollab.Storage.Tests;

/// <summary>One database for the tests of a class; each test works on documents of its own.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    private readonly List<TestStore> _stores = [];
    private TestStore? _shared;

    /// <summary>The store that tests share; skips the test where its server is not installed.</summary>
    public TestStore Store
    {
        get
        {
            SkipIfMissing();
            return _shared!;
        }
    }

    protected virtual string? Missing => null;

    public virtual async ValueTask InitializeAsync() => _shared = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>One more store on the same database, as another process would have it.</summary>
    /// <param name="configure">Adds what the store is to find beside itself.</param>
    public async ValueTask<TestStore> OpenAsync(Action<IServiceCollection>? configure = null)
    {
        SkipIfMissing();
        var services = new ServiceCollection();
        configure?.Invoke(services);
        Register(services);
        var store = await TestStore.StartAsync(services);
        lock (_stores)
            _stores.Add(store);
        return store;
    }

    protected abstract void Register(IServiceCollection services);

    private void SkipIfMissing() => Assert.SkipWhen(Missing is not null, Missing ?? string.Empty);
}
