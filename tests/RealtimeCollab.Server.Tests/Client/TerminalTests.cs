using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The ConsoleEditor sample as a person uses it.</summary>
public sealed class TerminalTests
{
    private const string ControlZ = "\u001a";
    private const string ControlY = "\u0019";
    private const string Left = "\u001b[D";
    private const string Backspace = "\u007f";
    private const string Escape = "\u001b";

    [Fact]
    public async Task Editor_InATerminal_TypesMovesTakesBackAndShowsOthers()
    {
        await using var app = await TestApp.StartAsync();
        await using var bob = await app.StartClientAsync("bob");
        var his = await bob.EditAsync("d");
        await using var terminal = TerminalProcess.Start("d", app.Address, "ada", await app.GetTokenAsync("ada"));
        await terminal.ExpectShownAsync("Synchronized");

        await terminal.PressAsync("Hi 😀\rthere");
        await his.UntilAsync(document => document.Text == "Hi 😀\nthere");
        await terminal.PressAsync(Left + Left + Left + Left + Left + Left + Backspace); // back over the line end, and the emoji is gone as a whole
        await his.UntilAsync(document => document.Text == "Hi \nthere");
        await terminal.PressAsync(ControlZ);
        await his.UntilAsync(document => document.Text == "Hi 😀\nthere");
        await terminal.PressAsync(ControlY);
        await his.UntilAsync(document => document.Text == "Hi \nthere");

        his.Insert(0, "Bob says: ");
        await terminal.ExpectShownAsync("Bob says: Hi");
        await terminal.PressAsync("!");
        await his.UntilAsync(document => document.Text == "Bob says: Hi !\nthere");

        await terminal.PressAsync(Escape);
        Assert.Equal(0, await terminal.WaitForEndAsync());
        await his.UntilAsync(document => document.Others().Count == 0);
        Assert.False(his.HasUnsavedEdits);
    }
}
