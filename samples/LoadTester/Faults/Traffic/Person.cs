using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Chat;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.Protocol.MessagePack;

namespace RealtimeCollab.LoadTester.Faults.Traffic;

/// <summary>Somebody with a document and its chat open, over connections that go to any node.</summary>
internal sealed class Person : IAsyncDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(15);

    private readonly CollabClient _client;
    private readonly ChatClient _chat;

    private Person(string name, CollabClient client, ChatClient chat) => (Name, _client, _chat) = (name, client, chat);

    /// <summary>What the history calls the person.</summary>
    public string Name { get; }

    public CollabDocument Document { get; private set; } = null!;

    public ChatRoom? Room { get; private set; }

    public ChatClient Chat => _chat;

    /// <summary>Connects and opens a document.</summary>
    /// <param name="number">The person's number, which gives the name and the first node.</param>
    /// <param name="documentId">The document.</param>
    /// <param name="nodes">The cluster.</param>
    /// <param name="recorder">Notes what happens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Person> ArriveAsync(
        int number, string documentId, NodeAddresses nodes, RunRecorder recorder, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"load-{number}");
        var token = await nodes.GetTokenAsync(number, cancellationToken);
        var options = new CollabClientOptions();
        var person = new Person(
            name,
            new CollabClient(Connect("document", name, number, nodes, token, recorder), options),
            new ChatClient(Connect("chat", name, number, nodes, token, recorder), options));
        try
        {
            person._client.Start();
            person.Document = await person._client.OpenAsync(documentId, options: null, cancellationToken);
            return person;
        }
        catch (Exception failure)
        {
            await person.DisposeAsync();
            throw failure is CollabClientException refusal ? LoadException.CannotJoin(documentId, refusal) : failure;
        }
    }

    /// <summary>Joins the chat of the document, and notes from then on what is said.</summary>
    public async Task JoinChatAsync(RunRecorder recorder, CancellationToken cancellationToken)
    {
        await _chat.StartAsync(cancellationToken);
        var room = Room = await _chat.JoinAsync(Document.Id, cancellationToken);
        var record = recorder.Room(room.Id);
        record.Joined(Name);
        room.MessageReceived += (_, received) => record.Seen(Name, received.Message);
        room.HistoryReset += (_, _) => record.Reset(Name, room.Messages);
    }

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _client.DisposeAsync();
    }

    private static HubConnection Connect(string hub, string name, int number, NodeAddresses nodes, string? token, RunRecorder recorder)
    {
        var builder = new HubConnectionBuilder().AddRealtimeCollabMessagePack();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new Uri(nodes.All[0], $"/hubs/{hub}?clientId={name}")));
        builder.Services.AddSingleton<IHubProtocol>(services =>
            new RecordingProtocol(ActivatorUtilities.CreateInstance<CollabMessagePackProtocol>(services), name, recorder));
        builder.Services.AddSingleton<IConnectionFactory>(
            new NodeRotation(nodes.All, number, new WebSocketConnectionFactory(TransferFormat.Binary, _ => ValueTask.FromResult(token))));
        var connection = builder.Build();
        (connection.KeepAliveInterval, connection.ServerTimeout) = (KeepAlive, ServerTimeout);
        return connection;
    }
}
