using System.CommandLine;
using RealtimeCollab.LoadTester.Servers;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>The server that the other commands start as a child, kill and start again.</summary>
internal static class ServeCommand
{
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "Folder of the database.", Required = true };
    private static readonly Option<int> Port = new("--port") { Description = "0 for any that is free." };
    private static readonly Option<int> Rate = new("--operations-per-second") { Description = "Limit of one connection; 0 for none." };

    public static Command Create()
    {
        var command = new Command("serve", "Runs a server with SQLite until the standard input ends.") { Data, Port, Rate };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetRequiredValue(Data), parsed.GetValue(Port), parsed.GetValue(Rate), cancellation));
        return command;
    }

    private static async Task RunAsync(DirectoryInfo data, int port, int rate, CancellationToken cancellation)
    {
        await using var app = CollabServer.Build(data, port, rate);
        await app.StartAsync(cancellation);
        Console.WriteLine(app.Urls.Single());
        // the parent holds the other end: when it is gone, so is the need for this process
        while (await Console.In.ReadLineAsync(cancellation) is not null)
        {
        }

        await app.StopAsync(cancellation);
    }
}
