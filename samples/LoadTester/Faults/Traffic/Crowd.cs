using System.Globalization;
using RealtimeCollab.LoadTester.Faults.History;

namespace RealtimeCollab.LoadTester.Faults.Traffic;

/// <summary>All people of a run: they write and talk at their own pace until they are told to stop.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int TalksOnceIn = 3;

    private readonly List<Person> _people = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly RunRecorder _recorder;
    private readonly CrowdOptions _options;
    private Task _busy = Task.CompletedTask;
    private int _sending;

    private Crowd(RunRecorder recorder, CrowdOptions options) => (_recorder, _options) = (recorder, options);

    public IReadOnlyList<Person> People => _people;

    /// <summary>Everybody connects, opens a document and joins its chat.</summary>
    public static async Task<Crowd> GatherAsync(NodeAddresses nodes, RunRecorder recorder, CrowdOptions options, CancellationToken cancellationToken)
    {
        var crowd = new Crowd(recorder, options);
        try
        {
            for (var number = 0; number < options.Clients; number++)
            {
                var person = await Person.ArriveAsync(number, options.DocumentIds[number % options.DocumentIds.Count], nodes, recorder, cancellationToken);
                crowd._people.Add(person);
                await person.JoinChatAsync(recorder, cancellationToken);
            }

            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everybody writes and talks from now on.</summary>
    public void Begin() => _busy = Task.WhenAll(_people.Select((person, number) => Task.Run(() => LiveAsync(person, new Random(_options.Seed + number)))));

    /// <summary>Whether everybody wrote, and saw others write, after a moment.</summary>
    public bool IsBeyond(long moment) => _people.All(person => _recorder.Progress(person.Name).IsBeyond(moment));

    /// <summary>The longest that anybody waited for an acknowledgement since this was last asked.</summary>
    public TimeSpan TakeLongestWait() => _people.Max(person => _recorder.Progress(person.Name).TakeLongestWait());

    /// <summary>Nobody begins anything more; returns when all is saved and everybody has everything.</summary>
    /// <exception cref="Client.CollabClientException">Somebody's edits were refused for good.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _busy.WaitAsync(cancellationToken);
        foreach (var room in _people.GroupBy(person => person.Document.Id, StringComparer.Ordinal))
        {
            foreach (var person in room)
                await person.Document.WaitUntilSynchronizedAsync(0, cancellationToken);
            var head = room.Max(person => person.Document.Revision);
            foreach (var person in room)
                await person.Document.WaitUntilSynchronizedAsync(head, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_people.Select(person => person.DisposeAsync().AsTask()));
        _stop.Dispose();
    }

    private async Task LiveAsync(Person person, Random random)
    {
        var writer = new Writer(person, _recorder.Document(person.Document.Id), random);
        person.Document.Conflicted += (_, _) => _ = writer.GiveUpAsync();
        var talks = new List<Task>();
        while (await PauseAsync(random))
        {
            writer.Write();
            if (random.Next(TalksOnceIn) == 0)
                talks.Add(TalkAsync(person));
        }

        await Task.WhenAll(talks);
    }

    /// <summary>Not in step with the others. False when it is time to stop.</summary>
    private async Task<bool> PauseAsync(Random random)
    {
        var pause = 1 / _options.Rate * (0.5 + random.NextDouble());
        await Task.Delay(TimeSpan.FromSeconds(pause), TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stop.IsCancellationRequested;
    }

    private async Task TalkAsync(Person person)
    {
        var record = _recorder.Room(person.Room!.Id);
        var content = string.Create(CultureInfo.InvariantCulture, $"{person.Name} says {Interlocked.Increment(ref _sending)}");
        record.Sending(person.Name, content);
        var result = await person.Room.SendAsync(content);
        record.Acknowledged(content, result.Sequence);
    }
}

/// <summary>How many people do how much.</summary>
/// <param name="Clients">So many people.</param>
/// <param name="DocumentIds">Spread over these documents and their rooms.</param>
/// <param name="Rate">Edits of each in a second, on average.</param>
/// <param name="Seed">What they do is drawn from it.</param>
internal sealed record CrowdOptions(int Clients, IReadOnlyList<string> DocumentIds, double Rate, int Seed);
