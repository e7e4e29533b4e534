using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Client;

namespace RealtimeCollab.Server.Tests.CrossLanguage;

/// <summary>The .NET client.</summary>
internal sealed class DotNetTypist : ITypist
{
    private static readonly AttributeMap[] Formats =
    [
        AttributeMap.Create(("bold", true)), AttributeMap.Create(("bold", AttributeValue.Null)), AttributeMap.Create(("color", "#000")),
    ];

    private readonly CollabClient _client;
    private readonly Dictionary<string, CollabDocument> _documents = new(StringComparer.Ordinal);
    private readonly Random _random;
    private char _nextMark;

    private DotNetTypist(CollabClient client, char firstMark, int seed) =>
        (_client, FirstMark, _nextMark, _random) = (client, firstMark, firstMark, new Random(seed));

    public char FirstMark { get; }

    public static async Task<DotNetTypist> StartAsync(Uri server, string token, string[] documentIds, char firstMark, int seed)
    {
        var client = CollabClient.Create(
            new CollabConnectionOptions { Server = server, AccessToken = _ => ValueTask.FromResult<string?>(token) }, ClientTestExtensions.Impatient);
        client.Start();
        var typist = new DotNetTypist(client, firstMark, seed);
        foreach (var id in documentIds)
        {
            var options = new OpenDocumentOptions { ContentType = id == "rich" ? ContentType.RichText : ContentType.Text };
            typist._documents.Add(id, await client.OpenAsync(id, options, TestContext.Current.CancellationToken));
        }

        return typist;
    }

    public async Task TypeAsync(string documentId, int edits)
    {
        for (var i = 0; i < edits; i++)
        {
            Press(_documents[documentId]);
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(40)), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public Task UndoAllAsync(string documentId)
    {
        while (_documents[documentId].Undo())
        {
            // as far as it goes
        }

        return Task.CompletedTask;
    }

    public async Task<Shown> ReportAsync(string documentId, long revision)
    {
        var document = _documents[documentId];
        await document.SettleAsync(revision);
        return new Shown(document.Revision, document.Text, document.Content.ComputeHash());
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Press(CollabDocument document)
    {
        switch (_random.Next(10))
        {
            case 0:
                document.Undo();
                break;
            case 1:
                document.Redo();
                break;
            case 2:
                document.Edit(DeleteOwn);
                break;
            case 3 or 4 when document.ContentType == ContentType.RichText:
                document.Edit(Format);
                break;
            default:
                document.Edit(Insert);
                break;
        }
    }

    private TextOperation Insert(Document content) =>
        new OperationBuilder().Retain(_random.Next(content.Length + 1)).Insert((_nextMark++).ToString()).Build();

    /// <summary>Only what it typed itself, so that whatever else is missing is a mistake.</summary>
    private TextOperation DeleteOwn(Document content)
    {
        var text = content.ToString();
        int[] own = [.. Enumerable.Range(0, text.Length).Where(at => text[at] >= FirstMark && text[at] < _nextMark)];
        return own.Length == 0 ? TextOperation.Noop(content.Length) : TextOperation.Replace(content.Length, own[_random.Next(own.Length)], 1, "");
    }

    private TextOperation Format(Document content)
    {
        var start = _random.Next(content.Length + 1);
        var length = _random.Next(Math.Min(20, content.Length - start) + 1);
        return new OperationBuilder().Retain(start).Retain(length, Formats[_random.Next(Formats.Length)]).Build();
    }
}
