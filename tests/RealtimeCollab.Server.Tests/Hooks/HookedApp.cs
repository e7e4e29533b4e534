using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Hooks;

/// <summary>Servers with hooks that are a test's functions.</summary>
internal static class HookedApp
{
    /// <summary>One that decides over operations.</summary>
    public static Task<TestApp> AskAsync(Func<ProposedOperation, Task> hook, TimeSpan? timeLimit = null) =>
        StartAsync(services => services.AddSingleton<IOperationHook>(new OperationHook(hook)), options => options.TimeLimit = timeLimit ?? Long);

    /// <summary>One that hears of documents before they are loaded.</summary>
    public static Task<TestApp> LoadAsync(Func<IServiceProvider, string, Task> hook) =>
        StartAsync(services => services.AddSingleton<IDocumentLoadHook>(provider => new LoadHook(documentId => hook(provider, documentId))), options => options.TimeLimit = Long);

    /// <summary>One that hears of commits.</summary>
    public static Task<TestApp> TellAsync(Func<CommittedOperations, Task> hook, int queueLength = 1024, Action<IServiceCollection>? storage = null) => StartAsync(
        services => services.AddSingleton<ICommitHook>(new CommitHook(hook)),
        options => (options.TimeLimit, options.CommitQueueLength) = (Long, queueLength),
        storage);

    private static TimeSpan Long => Patience.Limit / 2;

    private static Task<TestApp> StartAsync(
        Action<IServiceCollection> configureServices, Action<HookOptions> configure, Action<IServiceCollection>? storage = null)
    {
        var options = new TestAppOptions { ConfigureServices = configureServices, Configure = options => configure(options.Hooks) };
        return TestApp.StartAsync(storage is null ? options : options with { Storage = (services, _) => storage(services) });
    }

    private sealed class OperationHook(Func<ProposedOperation, Task> hook) : IOperationHook
    {
        public async ValueTask OnSubmittingAsync(ProposedOperation operation, CancellationToken cancellationToken) => await hook(operation);
    }

    private sealed class LoadHook(Func<string, Task> hook) : IDocumentLoadHook
    {
        public async ValueTask OnLoadingAsync(string documentId, CancellationToken cancellationToken) => await hook(documentId);
    }

    private sealed class CommitHook(Func<CommittedOperations, Task> hook) : ICommitHook
    {
        public async ValueTask OnCommittedAsync(CommittedOperations committed, CancellationToken cancellationToken) => await hook(committed);
    }
}
