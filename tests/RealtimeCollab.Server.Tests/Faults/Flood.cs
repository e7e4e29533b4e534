using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>Several real clients that all edit several documents, as fast as the server lets them.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const int Clients = 4;
    private readonly List<CollabClient> _clients = [];
    private CancellationTokenSource? _stop;
    private Task _typing = Task.CompletedTask;

    private Flood(int seed) => Seed = seed;

    public static IReadOnlyList<string> DocumentIds { get; } = ["one", "two", "three"];

    /// <summary>What the edits are drawn from; the machine decides how they meet.</summary>
    public int Seed { get; }

    public Told Told { get; } = new();

    public List<Typist> Typists { get; } = [];

    /// <summary>A new one, or that of the environment variable FAULT_SEED.</summary>
    public static int ChooseSeed() => Environment.GetEnvironmentVariable("FAULT_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : RandomNumberGenerator.GetInt32(1_000_000);

    /// <summary>Connects everybody and opens everything; nobody edits yet.</summary>
    public static async Task<Flood> ConnectAsync(Uri server, Func<string, Task<string>> getToken, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var flood = new Flood(seed);
        for (var client = 0; client < Clients; client++)
            await flood.AddAsync(server, $"user{client}", getToken);
        return flood;
    }

    /// <summary>Everybody edits from now on.</summary>
    public void Begin()
    {
        _stop = new CancellationTokenSource();
        _typing = Task.WhenAll(Typists.Select(typist => Task.Run(() => typist.TypeAsync(_stop.Token))));
    }

    /// <summary>Nobody begins another edit; returns when all are saved and everybody has everything.</summary>
    public async Task EndAsync()
    {
        await _stop!.CancelAsync();
        await _typing.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        foreach (var room in Typists.GroupBy(typist => typist.Document.Id, StringComparer.Ordinal))
            await ClientTestExtensions.SettleAsync([.. room.Select(typist => typist.Document)]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        _stop?.Dispose();
    }

    private async Task AddAsync(Uri server, string userId, Func<string, Task<string>> getToken)
    {
        var client = new CollabClient(Connection(server, await getToken(userId)), ClientTestExtensions.Impatient);
        _clients.Add(client);
        await client.StartAsync(TestContext.Current.CancellationToken);
        foreach (var documentId in DocumentIds)
            Typists.Add(new Typist(userId, await client.EditAsync(documentId), new Random((Seed * 100) + Typists.Count)));
    }

    private HubConnection Connection(Uri server, string token)
    {
        var builder = new HubConnectionBuilder().AddRealtimeCollabJson();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new Uri(server, "hubs/document")));
        builder.Services.AddSingleton<IHubProtocol>(services =>
            new ListeningProtocol(ActivatorUtilities.CreateInstance<JsonHubProtocol>(services), Told.Listen));
        builder.Services.AddSingleton<IConnectionFactory>(
            new WebSocketConnectionFactory(TransferFormat.Text, _ => ValueTask.FromResult<string?>(token)));
        return builder.Build();
    }
}
