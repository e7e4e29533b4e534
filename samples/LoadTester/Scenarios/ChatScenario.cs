using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>People talk in rooms of their own.</summary>
internal sealed class ChatScenario(LoadContext context) : IScenario
{
    private readonly TalkerCrowd _crowd = new(context, room => $"~{context.DocumentId(room)}", context.Plan.Rate);

    public Task ConnectAsync(CancellationToken cancellationToken) => _crowd.ConnectAsync(makesRooms: true, cancellationToken);

    public Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken) => _crowd.TalkAsync(duration, cancellationToken);

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckResult>>([_crowd.Check()]);

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();
}
