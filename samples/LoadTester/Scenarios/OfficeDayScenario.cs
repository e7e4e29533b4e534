using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Pacing;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>
/// Everything at once, in the proportions of an office: everyone types at the plan's rate, says something in the document's room with every twentieth
/// edit, changes the status with every fiftieth, and now and then goes and comes back.
/// </summary>
internal sealed class OfficeDayScenario(LoadContext context) : IScenario
{
    private const double MessagesPerEdit = 1.0 / 20;
    private const double StatusesPerEdit = 1.0 / 50;

    private readonly EditorCrowd _editors = new(context);
    private readonly TalkerCrowd _talkers = new(context, context.DocumentId, context.Plan.Rate * MessagesPerEdit);
    private readonly WatcherCrowd _watchers = new(context, context.Plan.Rate * StatusesPerEdit);
    private readonly Random _chances = context.Chances(-1);

    /// <summary>All hubs see each client as one device of one user.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        // the rooms are those of documents, so these come first
        await _editors.ConnectAsync(cancellationToken);
        await Task.WhenAll(_talkers.ConnectAsync(makesRooms: false, cancellationToken), _watchers.ConnectAsync(cancellationToken));
    }

    public async Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            _editors.TypeAsync(duration, cancellationToken),
            _talkers.TalkAsync(duration, cancellationToken),
            _watchers.TellAsync(duration, cancellationToken),
            ComeAndGoAsync(duration, cancellationToken));
        await _editors.SettleAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) =>
    [
        .. await _editors.CheckAsync(cancellationToken),
        _talkers.Check(),
        _watchers.Check(),
    ];

    public async ValueTask DisposeAsync()
    {
        await _watchers.DisposeAsync();
        await _talkers.DisposeAsync();
        await _editors.DisposeAsync();
    }

    /// <summary>One person after another closes a document and opens it again a moment later.</summary>
    private Task ComeAndGoAsync(TimeSpan duration, CancellationToken cancellationToken) => context.Schedule.RunAsync(
        OpenLoopSchedule.Irregular(1 / context.Plan.Every.TotalSeconds, duration, _chances),
        _ => ReturnAsync(_editors.Editors[_chances.Next(_editors.Editors.Count)], cancellationToken),
        cancellationToken);

    private async Task ReturnAsync(Editor editor, CancellationToken cancellationToken)
    {
        try
        {
            if (!await editor.LeaveAsync(cancellationToken))
                return;
            var due = context.Measurements.Time.GetTimestamp();
            await editor.ComeAsync(initialText: null, cancellationToken);
            context.Measurements.Count(CountName.Joins);
            context.Measurements.Record(LatencyKind.Joined, due);
        }
        catch (CollabClientException refusal)
        {
            // the check compares those who are there
            context.Measurements.Errors.CountCaught(refusal);
        }
    }
}
