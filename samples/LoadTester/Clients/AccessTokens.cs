using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>
/// The tokens that were given, which clients take in turn; without any, those that a server in the Development environment gives for the asking,
/// one user for each client.
/// </summary>
internal sealed class AccessTokens(Uri server, IReadOnlyList<string> given) : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <exception cref="LoadException">The server gives out no tokens.</exception>
    public async ValueTask<string?> GetAsync(ClientIdentity client, CancellationToken cancellationToken)
    {
        if (given.Count > 0)
            return given[client.Number % given.Count];
        return _known.TryGetValue(client.UserId, out var known) ? known : _known[client.UserId] = await AskAsync(client, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> AskAsync(ClientIdentity client, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = new { userId = client.UserId, userName = client.UserId };
            using var response = await _http.PostAsJsonAsync(new Uri(server, "/dev/token"), wanted, cancellationToken);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            return (string?)answer?["token"] ?? throw new JsonException();
        }
        catch (Exception error) when (error is HttpRequestException or JsonException)
        {
            throw new LoadException($"{server} gives out no tokens ({error.Message.TrimEnd('.')}). Is it running? Outside the Development environment, pass --token.");
        }
    }
}
