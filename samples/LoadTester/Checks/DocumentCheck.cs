using System.Net.WebSockets;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Checks;

/// <summary>
/// Whether a document came out as promised: every client shows the same, a client that has seen nothing of the run reads the same from the server,
/// and the log holds every acknowledged edit once.
/// </summary>
/// <param name="documentId">The document.</param>
/// <param name="editors">Who has it open.</param>
/// <param name="deployment">Where it is.</param>
/// <param name="patience">How long each may take to come to rest.</param>
internal sealed class DocumentCheck(string documentId, IReadOnlyCollection<Editor> editors, Deployment deployment, TimeSpan patience)
{
    private const int PageSize = 1000;

    public List<string> Diverged { get; } = [];

    public List<string> Lost { get; } = [];

    /// <summary>Waits until all clients are at rest and at the same revision, and compares them.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        var open = editors.Where(editor => editor.Document is not null).ToList();
        foreach (var rejected in open.Where(editor => editor.Rejected > 0))
            Lost.Add($"{documentId}: the server refused edits of {rejected.Identity.ClientId} for good.");
        if (await SettleAsync(open, cancellationToken) is not { } head)
            return;

        var expected = open[0].Document!.Text;
        foreach (var editor in open.Where(editor => editor.Document!.Text != expected))
            Diverged.Add($"{documentId}: {editor.Identity.ClientId} shows another text than {open[0].Identity.ClientId} at revision {head}.");
    }

    /// <summary>Reads content and log anew, as a client that comes for the first time.</summary>
    /// <param name="reader">Somebody who may read it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ReadAnewAsync(ClientIdentity reader, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(reader, cancellationToken);
        }
        catch (Exception error) when (error is CollabClientException or WebSocketException)
        {
            Diverged.Add($"{documentId}: the server does not give it to somebody who comes for the first time ({error.Message.TrimEnd('.')}).");
        }
    }

    private async Task ReadAsync(ClientIdentity reader, CancellationToken cancellationToken)
    {
        var wire = new Wire("document", reader, deployment);
        await using var connection = wire.Connection;
        using var quiet = LightClient.Listen(connection);
        await connection.StartAsync(cancellationToken);
        var hub = new DocumentHubProxy(connection);
        var snapshot = await hub.Subscribe(new SubscribeRequest { DocumentId = documentId, ReadOnly = true });
        var witness = editors.FirstOrDefault(editor => editor.Document?.Revision == snapshot.Revision)?.Document;
        if (witness is null || witness.Text != snapshot.Content?.Document.ToString())
            Diverged.Add($"{documentId}: the server gives another text than the clients show, at revision {snapshot.Revision}.");

        var audit = new LogAudit(documentId);
        for (var revision = 0L; revision < snapshot.Revision;)
        {
            var page = await hub.GetOperations(new GetOperationsRequest { DocumentId = documentId, FromRevision = revision, Limit = PageSize });
            if (page.Operations.Count == 0)
                break;
            audit.Read(page.Operations);
            revision = page.Operations[^1].Revision;
        }

        Lost.AddRange(audit.Finish(editors.Select(editor => (editor.Identity.ClientId, editor.Acknowledged))));
    }

    /// <summary>The revision that all are at, or null if somebody does not get there.</summary>
    private async Task<long?> SettleAsync(List<Editor> open, CancellationToken cancellationToken)
    {
        foreach (var editor in open)
        {
            if (!await ArrivesAsync(editor, 0, cancellationToken))
                return null;
        }

        var head = open.Count == 0 ? 0 : open.Max(editor => editor.Document!.Revision);
        foreach (var editor in open)
        {
            if (!await ArrivesAsync(editor, head, cancellationToken))
                return null;
        }

        return open.Count == 0 ? null : head;
    }

    private async Task<bool> ArrivesAsync(Editor editor, long revision, CancellationToken cancellationToken)
    {
        try
        {
            await editor.Document!.WaitUntilSynchronizedAsync(revision, cancellationToken).WaitAsync(patience, deployment.Measurements.Time, cancellationToken);
            await editor.WaitUntilAnsweredAsync(cancellationToken);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or CollabClientException)
        {
            Diverged.Add($"{documentId}: {editor.Identity.ClientId} does not come to rest ({error.Message.TrimEnd('.')}).");
            return false;
        }
    }
}
