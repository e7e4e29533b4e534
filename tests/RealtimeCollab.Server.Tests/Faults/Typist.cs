using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Client;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>Edits one document through one client as fast as acknowledgements come, so that each edit is an operation of its own.</summary>
internal sealed class Typist(string userId, CollabDocument document, Random random)
{
    public string UserId => userId;

    public CollabDocument Document => document;

    /// <summary>Edits made so far.</summary>
    public int Typed { get; private set; }

    /// <summary>How long each edit waited for its acknowledgement.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Goes on until told to stop; the last edit is saved when it returns.</summary>
    public async Task TypeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await TypeOnceAsync();
    }

    /// <summary>Makes so many edits; the last one is saved when it returns.</summary>
    public async Task TypeAsync(int edits)
    {
        for (var left = edits; left > 0; left--)
            await TypeOnceAsync();
    }

    private async Task TypeOnceAsync()
    {
        document.Edit(content => RandomEdits.Next(content, random));
        Typed++;
        var typedAt = TimeProvider.System.GetTimestamp();
        await document.WaitUntilSavedAsync(TestContext.Current.CancellationToken);
        Waits.Add(TimeProvider.System.GetElapsedTime(typedAt));
    }
}
