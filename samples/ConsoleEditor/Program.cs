using System.CommandLine;
using System.Net.Http.Json;
using ConsoleEditor;
using RealtimeCollab.Client;

var id = new Argument<string>("document") { Description = "The document's id." };
var server = new Option<string>("--server") { Description = "The server's address.", DefaultValueFactory = _ => "http://localhost:5080" };
var user = new Option<string>("--user") { Description = "Your id.", DefaultValueFactory = _ => Environment.UserName };
var token = new Option<string?>("--token") { Description = "Your access token; without it, a server in development gives one." };
var edits = new Option<string?>("--edits") { Description = "A folder that keeps what you type offline until it is sent, also when this program ends." };
var words = new Option<int>("--words") { Description = "How many words to type.", DefaultValueFactory = _ => 100 };
var pause = new Option<int>("--pause") { Description = "Milliseconds between two words.", DefaultValueFactory = _ => 200 };

var edit = new Command("edit", "Edits a document. Arrows move, Ctrl+Z takes back, Ctrl+Y does again, Esc leaves.") { id, server, user, token, edits };
edit.SetAction((parsed, stop) => OpenAsync(parsed, document => new Editor(document).RunAsync(stop), stop));
var bot = new Command("bot", "Types numbered words, and says of each that it cannot get lost.") { id, server, user, token, edits, words, pause };
bot.SetAction((parsed, stop) => OpenAsync(parsed, document => Bot.RunAsync(document, parsed.GetValue(words), parsed.GetValue(pause), stop), stop));
var description = "Edits a document of a RealtimeCollab server in the terminal, or types into it by itself.";
return await new RootCommand(description) { edit, bot }.Parse(args).InvokeAsync();

async Task OpenAsync(ParseResult parsed, Func<CollabDocument, Task> run, CancellationToken stop)
{
    var (address, name, folder) = (new Uri(parsed.GetRequiredValue(server)), parsed.GetRequiredValue(user), parsed.GetValue(edits));
    var connection = new CollabConnectionOptions
    {
        Server = address,
        Device = "terminal",
        // asked before every connection: a token that has run out is replaced
        AccessToken = async cancellation => parsed.GetValue(token) ?? await AskForTokenAsync(address, name, cancellation),
    };
    await using var client = CollabClient.Create(connection, new CollabClientOptions { EditStore = folder is null ? null : new FileEditStore(folder) });
    client.Start();
    await using var document = await client.OpenAsync(parsed.GetRequiredValue(id), options: null, stop);
    await run(document);
}

static async Task<string?> AskForTokenAsync(Uri server, string userId, CancellationToken cancellation)
{
    using var http = new HttpClient();
    using var response = await http.PostAsJsonAsync(new Uri(server, "/dev/token"), new { userId, userName = userId }, cancellation);
    var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, string>>(cancellation);
    return answer?["token"];
}
