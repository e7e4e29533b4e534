using System.CommandLine;
using System.Net.Http.Json;
using RealtimeCollab.Client;

namespace ConsoleEditor;

/// <summary>Where to connect to, and as whom: what both commands ask for.</summary>
internal static class Server
{
    public static readonly Argument<string> Document = new("document") { Description = "The document's id." };

    private static readonly Option<string> Address = new("--server") { Description = "The server's address.", DefaultValueFactory = _ => "http://localhost:5080" };

    private static readonly Option<string> User = new("--user") { Description = "Your id.", DefaultValueFactory = _ => Environment.UserName };
    private static readonly Option<string?> Token = new("--token") { Description = "Your access token; without it, a server in development gives one." };
    private static readonly Option<string?> Edits = new("--edits") { Description = "A folder that keeps what you type offline until it is sent, also when this program ends." };

    public static Command AddTo(Command command)
    {
        command.Arguments.Add(Document);
        foreach (var option in new Option[] { Address, User, Token, Edits })
            command.Options.Add(option);

        return command;
    }

    /// <summary>A client that connects in the background, for as long as it takes.</summary>
    public static CollabClient Connect(ParseResult parsed)
    {
        var (address, user, token) = (new Uri(parsed.GetRequiredValue(Address)), parsed.GetRequiredValue(User), parsed.GetValue(Token));
        var client = CollabClient.Create(
            new CollabConnectionOptions
            {
                Server = address,
                Device = "terminal",
                // asked before every connection: a token that has run out is replaced
                AccessToken = async cancellation => token ?? await GetTokenAsync(address, user, cancellation),
            },
            new CollabClientOptions { EditStore = parsed.GetValue(Edits) is { } folder ? new FileEditStore(folder) : null });
        client.Start();
        return client;
    }

    private static async Task<string?> GetTokenAsync(Uri server, string userId, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(new Uri(server, "/dev/token"), new { userId, userName = userId }, cancellation);
        var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, string>>(cancellation);
        return answer?["token"];
    }
}
