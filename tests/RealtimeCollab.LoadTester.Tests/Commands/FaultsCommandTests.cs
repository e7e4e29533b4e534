using System.CommandLine;
using RealtimeCollab.LoadTester.Commands;

namespace RealtimeCollab.LoadTester.Tests.Commands;

public sealed class FaultsCommandTests
{
    [Theory]
    [InlineData("--nodes has to hold http or https addresses, not 'nowhere'.", "--nodes", "http://127.0.0.1:1,nowhere")]
    [InlineData("collab.example is not this machine, and nothing was sent.", "--nodes", "http://127.0.0.1:1,https://collab.example")]
    [InlineData("two people for each", "--clients", "3", "--documents", "2")]
    [InlineData("a rate above 0", "--rate", "0")]
    [InlineData("--duration has to be one such as", "--duration", "soon")]
    public async Task Options_ThatCannotBe_AreRefusedInASentence(string expected, params string[] options)
    {
        var (console, written) = Reports.Results.CreateConsole();

        var exit = await new RootCommand { FaultsCommand.Create(console) }.Parse(["faults", .. options])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Contains(expected, written.ToString(), StringComparison.Ordinal);
    }
}
