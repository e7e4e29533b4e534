using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Pacing;
using RealtimeCollab.LoadTester.Scenarios;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>The people of all documents, each with a full client.</summary>
internal sealed class EditorCrowd : IAsyncDisposable
{
    private const int InitialLength = 2_000;

    private static readonly TimeSpan LastSights = TimeSpan.FromSeconds(1);

    private readonly LoadContext _context;
    private readonly EditFlights[] _flights;
    private readonly HashSet<string> _diverged = new(StringComparer.Ordinal);

    public EditorCrowd(LoadContext context)
    {
        _context = context;
        _flights = [.. Enumerable.Range(0, context.Plan.Documents).Select(_ => new EditFlights(context.Measurements))];
        Editors =
        [
            .. Enumerable.Range(0, context.Plan.AllClients).Select(number =>
            {
                // the first of each document come first, and make it
                var document = number % context.Plan.Documents;
                return new Editor(context.Client(number), context.DocumentId(document), _flights[document], context.Deployment, context.Chances(number));
            }),
        ];
    }

    /// <summary>One of each document, then the second of each, and so on.</summary>
    public IReadOnlyList<Editor> Editors { get; }

    private LoadPlan Plan => _context.Plan;

    private Measurements Measurements => _context.Measurements;

    /// <summary>Brings everybody in, over the ramp.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var ramp = Plan.Ramp / Plan.Clients;
        await ComeAsync(Editors.Take(Plan.Documents), ramp, Typist.Text(InitialLength), cancellationToken);
        await ComeAsync(Editors.Skip(Plan.Documents), Plan.Ramp - ramp, initialText: null, cancellationToken);
    }

    /// <summary>Everybody types at the plan's rate, in an open loop.</summary>
    public Task TypeAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.WhenAll(Editors.Select((editor, number) => _context.Schedule.RunAsync(
            OpenLoopSchedule.Irregular(Plan.Rate, duration, _context.Chances(Editors.Count + number)),
            due =>
            {
                editor.Type(due);
                return Task.CompletedTask;
            },
            cancellationToken)));

    /// <summary>Everybody types the next letter as soon as the last one is stored: a closed loop, which finds the highest throughput.</summary>
    public async Task FloodAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var time = Measurements.Time;
        var start = time.GetTimestamp();
        await Task.WhenAll(Editors.Select(async editor =>
        {
            // a call may be answered without a wait: nobody is to keep the thread from the next one
            await Task.Yield();
            while (time.GetElapsedTime(start) < duration && editor is { Document: { } document, Rejected: 0 })
            {
                editor.Type(time.GetTimestamp());
                await WaitUntilSavedAsync(document, cancellationToken);
            }
        }));
    }

    /// <summary>Waits until everything that was typed is stored and shown by everybody.</summary>
    /// <returns>False if somebody does not get there, or shows something else than the others.</returns>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        var checks = DocumentChecks().ToList();
        foreach (var check in checks)
            await check.CompareAsync(cancellationToken);
        await LandAsync(cancellationToken);
        // clients heal a difference when they find it, and then the end would tell nothing of it
        _diverged.UnionWith(checks.SelectMany(check => check.Diverged));
        return checks.TrueForAll(check => check is { Diverged.Count: 0, Lost.Count: 0 });
    }

    /// <summary>Compares all clients with each other, with the server and with the log.</summary>
    public async Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken)
    {
        var checks = DocumentChecks().ToList();
        var readers = Editors.Count;
        foreach (var check in checks)
        {
            await check.CompareAsync(cancellationToken);
            await check.ReadAnewAsync(_context.Client(readers++), cancellationToken);
        }

        return
        [
            CheckResult.Of("Convergence", $"In each of {Plan.Documents} documents all clients and the server show the same text.", [.. checks.SelectMany(check => check.Diverged).Union(_diverged, StringComparer.Ordinal)]),
            CheckResult.Of("Exactly once", "Every acknowledged edit stands in the log once, and none is missing.", [.. checks.SelectMany(check => check.Lost)]),
        ];
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(Editors.Select(editor => editor.DisposeAsync().AsTask()));

    private async Task WaitUntilSavedAsync(CollabDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await document.WaitUntilSavedAsync(cancellationToken);
        }
        catch (CollabClientException refusal)
        {
            // whoever is refused for good is named by the check
            Measurements.Errors.CountCaught(refusal);
        }
    }

    /// <summary>Who is at rest may still be telling what came last, and then it is not measured yet.</summary>
    private async Task LandAsync(CancellationToken cancellationToken)
    {
        var start = Measurements.Time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), Measurements.Time);
        while (!Array.TrueForAll(_flights, flights => flights.AreOver) && Measurements.Time.GetElapsedTime(start) < LastSights)
            await timer.WaitForNextTickAsync(cancellationToken);
        foreach (var flights in _flights)
            flights.Forget();
    }

    private Task ComeAsync(IEnumerable<Editor> editors, TimeSpan ramp, string? initialText, CancellationToken cancellationToken)
    {
        var coming = new Queue<Editor>(editors);
        return _context.Schedule.RunAsync(
            OpenLoopSchedule.Even(coming.Count, ramp), due => ComeAsync(coming.Dequeue(), due, initialText, cancellationToken), cancellationToken);
    }

    /// <exception cref="LoadException">The server does not let the client in: there is nothing to measure.</exception>
    private async Task ComeAsync(Editor editor, long due, string? initialText, CancellationToken cancellationToken)
    {
        try
        {
            await editor.ComeAsync(initialText, cancellationToken);
            Measurements.Count(CountName.Joins);
            Measurements.Record(LatencyKind.Joined, due);
        }
        catch (CollabClientException refusal)
        {
            throw LoadException.CannotJoin(editor.DocumentId, refusal);
        }
    }

    private IEnumerable<DocumentCheck> DocumentChecks() =>
        Editors.GroupBy(editor => editor.DocumentId, StringComparer.Ordinal).Select(document => new DocumentCheck(document.Key, [.. document], _context.Deployment, Plan.Patience));
}
