using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Protocols;

/// <summary>The official JavaScript client of SignalR, in a process of its own; src/realtimecollab-js/test/wire/official-client.mjs tells what passes between.</summary>
internal sealed class NpmHubClient : IAsyncDisposable
{
    private static readonly Type[] Clients = [typeof(ICollabClient), typeof(IDocumentClient), typeof(IChatClient), typeof(IPresenceClient)];

    private static readonly string[] Callbacks = [.. Clients.SelectMany(type => type.GetMethods()).Select(method => method.Name).Distinct(StringComparer.Ordinal)];

    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _calls = new();
    private readonly CallbackLog _callbacks = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private int _lastCall;

    private NpmHubClient(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>A connection of a user to a hub, welcomed.</summary>
    /// <param name="app">The server.</param>
    /// <param name="userId">Who connects.</param>
    /// <param name="protocol">json or messagepack.</param>
    /// <param name="hub">document, chat or presence.</param>
    public static async Task<NpmHubClient> ConnectAsync(TestApp app, string userId, string protocol, string hub = "document")
    {
        var address = new UriBuilder(app.Address) { Path = "/hubs/" + hub, Query = $"access_token={await app.GetTokenAsync(userId)}&clientId={userId}" };
        var client = new NpmHubClient(NodeScript.Start("official-client.mjs", [address.Uri.AbsoluteUri, protocol, .. Callbacks]));
        await client._connected.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await client.NextAsync("Welcome");
        return client;
    }

    /// <summary>Calls a method with an argument written as JSON, from which the script makes an object of JavaScript.</summary>
    /// <exception cref="HubCallException">The call was refused.</exception>
    public async Task<JsonNode?> InvokeJsonAsync(string method, string argument)
    {
        var call = Interlocked.Increment(ref _lastCall);
        var answer = _calls[call] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { call, method, argument }));
        var answered = await answer.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        return answered["error"] is { } error ? throw new HubCallException((string)error!) : answered["result"]?.DeepClone();
    }

    /// <inheritdoc cref="InvokeJsonAsync"/>
    public Task<JsonNode?> InvokeAsync(string method, object argument) => InvokeJsonAsync(method, JsonSerializer.Serialize(argument, JsonSerializerOptions.Web));

    /// <summary>Calls a method that has to be refused, and returns the refusal's code; a result, if it was not refused.</summary>
    public async Task<string> InvokeJsonRefusedAsync(string method, string argument)
    {
        try
        {
            return $"no refusal, but {await InvokeJsonAsync(method, argument)}";
        }
        catch (HubCallException refusal)
        {
            return refusal.Code;
        }
    }

    /// <summary>The next callback of this name that fits; earlier ones are passed over for good.</summary>
    public Task<JsonObject> NextAsync(string target, Func<JsonObject, bool>? fits = null) => _callbacks.NextAsync(target, fits);

    public async ValueTask DisposeAsync()
    {
        // the end of its input ends the script
        _process.StandardInput.Close();
        await _reading.WaitAsync(Patience.Limit);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            Take(JsonNode.Parse(line)!.AsObject());

        var end = new IOException($"The script has ended. {await _process.StandardError.ReadToEndAsync()}");
        _callbacks.End();
        _connected.TrySetException(end);
        foreach (var call in _calls.Values)
            call.TrySetException(end);
    }

    private void Take(JsonObject line)
    {
        if (line["callback"] is { } callback)
            _callbacks.Add((string)callback!, line["message"]!.AsObject());
        else if (line["call"] is { } call && _calls.TryRemove((int)call!, out var answer))
            answer.SetResult(line);
        else if (line["connected"] is not null)
            _connected.SetResult();
    }
}
