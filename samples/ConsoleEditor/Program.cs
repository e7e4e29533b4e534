using System.CommandLine;
using ConsoleEditor;

var root = new RootCommand("Edits a document of a RealtimeCollab server in the terminal, or types into it by itself.")
{
    EditCommand.Create(),
    BotCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
