using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>
/// Speaks SignalR's JSON protocol by hand, so that tests can send what no client library would, and see each frame as it came.
/// </summary>
internal sealed class RawHubClient : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;

    private readonly ClientWebSocket _socket;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _calls = new(StringComparer.Ordinal);
    private readonly CallbackLog _callbacks = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _mayRead = new();
    private int _lastCall;
    private int _disposed;

    private RawHubClient(ClientWebSocket socket)
    {
        _socket = socket;
        _mayRead.SetResult();
    }

    /// <summary>Ends with the server's first ping.</summary>
    public Task Pinged => _pinged.Task;

    /// <summary>Ends when the server has closed the connection or the client was disposed.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    public static async Task<RawHubClient> ConnectAsync(
        Uri server, string? token, string? query = null, Action<ClientWebSocket>? configure = null, string hub = "document")
    {
        var socket = new ClientWebSocket();
        configure?.Invoke(socket);
        var parameters = new List<string>();
        if (token is not null)
            parameters.Add($"access_token={token}");
        if (query is not null)
            parameters.Add(query);
        var address = new UriBuilder(server) { Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/hubs/" + hub, Query = string.Join('&', parameters) };
        await socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        var client = new RawHubClient(socket);
        await client.SendFrameAsync("""{"protocol":"json","version":1}""");
        client.Closed = Task.WhenAll(client.ReceiveAsync(), client.PingAsync());
        return client;
    }

    /// <summary>Calls a method and returns its result.</summary>
    /// <exception cref="HubCallException">The call was refused.</exception>
    public Task<JsonNode?> InvokeAsync(string method, object? argument) => InvokeJsonAsync(method, ToJson(argument));

    /// <summary>Calls a method with an argument written by hand, which may hold what no serializer writes.</summary>
    /// <exception cref="HubCallException">The call was refused.</exception>
    public async Task<JsonNode?> InvokeJsonAsync(string method, string argument)
    {
        var answer = await StartAsync(method, argument).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        return answer["error"] is { } error ? throw new HubCallException((string)error!) : answer["result"]?.DeepClone();
    }

    /// <summary>Calls a method that has to be refused, and returns the refusal's code.</summary>
    public Task<string> InvokeRefusedAsync(string method, object? argument) => InvokeJsonRefusedAsync(method, ToJson(argument));

    /// <inheritdoc cref="InvokeRefusedAsync"/>
    public async Task<string> InvokeJsonRefusedAsync(string method, string argument)
    {
        var refused = await Assert.ThrowsAsync<HubCallException>(() => InvokeJsonAsync(method, argument));
        return refused.Code;
    }

    /// <summary>Calls a method without waiting for a result, as <c>send</c> of the client libraries does.</summary>
    public Task SendAsync(string method, object? argument) =>
        SendFrameAsync($$"""{"type":1,"target":"{{method}}","arguments":[{{ToJson(argument)}}]}""");

    public async Task SendFrameAsync(string frame)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(frame) + 1];
        Encoding.UTF8.GetBytes(frame, bytes);
        bytes[^1] = RecordSeparator;
        await _sending.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next callback of this name that fits, taken once; earlier ones that do not fit are passed over for good.</summary>
    public Task<JsonObject> NextAsync(string target, Func<JsonObject, bool>? fits = null) => _callbacks.NextAsync(target, fits);

    /// <summary>Takes nothing more from the socket until <see cref="ResumeReading"/>.</summary>
    public void StopReading() => _mayRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ResumeReading() => _mayRead.TrySetResult();

    /// <summary>All callbacks of this name that came so far.</summary>
    public IReadOnlyList<JsonObject> Received(string target) => _callbacks.Received(target);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _ending.CancelAsync();
        ResumeReading();
        _socket.Abort();
        await Closed;
        _socket.Dispose();
        _sending.Dispose();
        _ending.Dispose();
    }

    private static string ToJson(object? value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private Task<JsonObject> StartAsync(string method, string argument)
    {
        var id = Interlocked.Increment(ref _lastCall).ToString(CultureInfo.InvariantCulture);
        var answer = _calls[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = SendFrameAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{argument}}]}""");
        return answer.Task;
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        using var frame = new MemoryStream();
        try
        {
            while (await _socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                await _mayRead.Task;
                foreach (var value in buffer.AsMemory(0, part.Count).ToArray())
                {
                    if (value == RecordSeparator)
                        Take(frame);
                    else
                        frame.WriteByte(value);
                }
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // the connection is gone, which is what Closed says
        }

        await _ending.CancelAsync();
        _callbacks.End();
        foreach (var call in _calls.Values)
            call.TrySetException(new IOException("The connection was closed."));
    }

    private void Take(MemoryStream frame)
    {
        var message = JsonNode.Parse(frame.GetBuffer().AsSpan(0, (int)frame.Length))!.AsObject();
        frame.SetLength(0);
        switch ((int?)message["type"])
        {
            case 1:
                _callbacks.Add((string)message["target"]!, message["arguments"]![0]!.AsObject());
                break;
            case 3 when _calls.TryRemove((string)message["invocationId"]!, out var call):
                call.SetResult(message);
                break;
            case 6:
                _pinged.TrySetResult();
                break;
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
                await SendFrameAsync("""{"type":6}""");
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // the connection is gone, which is what Closed says
        }
    }
}
