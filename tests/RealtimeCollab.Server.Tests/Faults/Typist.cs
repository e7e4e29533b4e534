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

    /// <summary>Goes on until told to stop; the last edit is saved when it returns.</summary>
    public async Task TypeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            document.Edit(content => RandomEdits.Next(content, random));
            Typed++;
            await document.WaitUntilSavedAsync(TestContext.Current.CancellationToken);
        }
    }
}
