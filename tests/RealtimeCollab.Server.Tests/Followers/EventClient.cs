using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Followers;

/// <summary>Reads an event stream by hand, so that each line is seen as it came. An event is an object with <c>id</c> and <c>data</c>.</summary>
internal sealed class EventClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly CallbackLog _events = new();
    private readonly CancellationTokenSource _ending = new();
    private int _disposed;

    private EventClient(HttpResponseMessage response)
    {
        _response = response;
        Ended = ReadAsync();
    }

    /// <summary>Ends with the stream.</summary>
    public Task Ended { get; }

    /// <summary>Opens the events of a document.</summary>
    public static async Task<EventClient> OpenAsync(TestApp app, string userId, string documentId, long? lastEventId = null, string query = "")
    {
        var response = await SendAsync(app.Http, $"/api/documents/{documentId}/events{query}", await app.GetTokenAsync(userId), lastEventId);
        return await OfAsync(response);
    }

    /// <summary>Opens an address that needs no header.</summary>
    public static async Task<EventClient> OpenUrlAsync(TestApp app, string address) => await OfAsync(await SendAsync(app.Http, address, token: null));

    /// <summary>The answer, whatever it is, as soon as its headers are there.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, string address, string? token, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastEventId is { } id)
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The next event of this name that fits; comments are events named <c>comment</c>.</summary>
    public Task<JsonObject> NextAsync(string name, Func<JsonObject, bool>? fits = null) => _events.NextAsync(name, fits);

    public IReadOnlyList<JsonObject> Received(string name) => _events.Received(name);

    /// <summary>The ids of the operations that came so far.</summary>
    public IEnumerable<long> Revisions => Received("remote_operation").Select(operation => (long)operation["id"]!);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _ending.CancelAsync();
        await Ended;
        _response.Dispose();
        _ending.Dispose();
    }

    private static async Task<EventClient> OfAsync(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            Assert.Fail(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        return new EventClient(response);
    }

    private async Task ReadAsync()
    {
        try
        {
            using var lines = new StreamReader(await _response.Content.ReadAsStreamAsync(_ending.Token));
            var (name, id) = ("message", (long?)null);
            while (await lines.ReadLineAsync(_ending.Token) is { } line)
            {
                var (field, value) = line.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? (line[..at], line[(at + 2)..]) : (line, "");
                switch (field)
                {
                    case "event":
                        name = value;
                        break;
                    case "id":
                        id = long.Parse(value, CultureInfo.InvariantCulture);
                        break;
                    case "data":
                        _events.Add(name, new JsonObject { ["id"] = id, ["data"] = JsonNode.Parse(value) });
                        break;
                    case "retry" or "":
                        if (value.Length > 0)
                            _events.Add(field.Length == 0 ? "comment" : field, new JsonObject { ["data"] = value });
                        (name, id) = ("message", null);
                        break;
                    default:
                        throw new FormatException($"'{line}' is no line of an event.");
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or HttpIOException)
        {
            // the stream is over, which is what Ended says
        }

        _events.End();
    }
}
