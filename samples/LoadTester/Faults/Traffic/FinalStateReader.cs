using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using RealtimeCollab.Client.Chat;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.LoadTester.Faults.Traffic;

/// <summary>Reads what the nodes hold, and what people show, when everybody is at rest.</summary>
internal sealed class FinalStateReader(NodeAddresses nodes, Crowd crowd)
{
    private const int PageSize = 200;

    public async Task<FinalState> ReadAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await nodes.GetTokenAsync(0, cancellationToken));
        var documents = new List<FinalDocument>();
        var rooms = new List<FinalRoom>();
        foreach (var group in crowd.People.GroupBy(person => person.Document.Id, StringComparer.Ordinal))
        {
            var shown = group.ToDictionary(
                person => person.Name, person => new ShownDocument(person.Document.Revision, person.Document.Text), StringComparer.Ordinal);
            foreach (var node in nodes.All)
                shown[node.Authority] = await ReadContentAsync(http, node, group.Key, cancellationToken);
            documents.Add(new FinalDocument { DocumentId = group.Key, Log = await ReadLogAsync(http, group.Key, cancellationToken), Shown = shown });
            rooms.Add(await ReadRoomAsync(group.First().Chat, group.Key, cancellationToken));
        }

        return new FinalState(documents, rooms);
    }

    private static async Task<ShownDocument> ReadContentAsync(HttpClient http, Uri node, string documentId, CancellationToken cancellationToken)
    {
        var document = (await http.GetFromJsonAsync<DocumentRevision>(new Uri(node, $"/api/documents/{documentId}"), ProtocolJson.Options, cancellationToken))!;
        return new ShownDocument(document.Revision, document.Content.Document.ToString());
    }

    /// <summary>From the first entry that the store still has.</summary>
    private async Task<IReadOnlyList<StoredEntry>> ReadLogAsync(HttpClient http, string documentId, CancellationToken cancellationToken)
    {
        var head = (await ReadContentAsync(http, nodes.All[0], documentId, cancellationToken)).Revision;
        // what is gone is gone from the beginning on: between gone and there lies where it begins
        var (gone, there) = (-1L, head);
        while (there - gone > 1)
        {
            var middle = gone + ((there - gone) / 2);
            if (await ReadPageAsync(http, documentId, middle, cancellationToken) is null)
                gone = middle;
            else
                there = middle;
        }

        var entries = new List<StoredEntry>();
        while (await ReadPageAsync(http, documentId, there + entries.Count, cancellationToken) is { Count: > 0 } page)
            entries.AddRange(page.Select(entry => new StoredEntry(entry.Revision, entry.OperationId, entry.Operation)));
        return entries;
    }

    /// <summary>Null if history was compacted away there.</summary>
    private async Task<IReadOnlyList<CommittedOperation>?> ReadPageAsync(HttpClient http, string documentId, long from, CancellationToken cancellationToken)
    {
        var address = new Uri(nodes.All[0], string.Create(CultureInfo.InvariantCulture, $"/api/documents/{documentId}/operations?from={from}"));
        using var response = await http.GetAsync(address, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Gone)
            return null;
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<OperationBatch>(ProtocolJson.Options, cancellationToken))!.Operations;
    }

    private static async Task<FinalRoom> ReadRoomAsync(ChatClient chat, string roomId, CancellationToken cancellationToken)
    {
        var messages = new List<SeenMessage>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = messages.Count == 0 ? 0 : messages[^1].Sequence;
            var page = await chat.Hub.GetMessages(new GetMessagesRequest { RoomId = roomId, AfterSequence = after, Limit = PageSize });
            messages.AddRange(page.Messages.Select(message => new SeenMessage(message.Sequence, message.Content)));
            if (page.Messages.Count < PageSize)
                return new FinalRoom(roomId, messages);
        }
    }
}
