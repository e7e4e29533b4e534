using System.CommandLine;
using RealtimeCollab.LoadTester.Commands;

var root = new RootCommand("Drives a RealtimeCollab server with real clients, and checks that nothing was lost or doubled.")
{
    TraceCommand.Create(),
    ChatCommand.Create(),
    ServeCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
