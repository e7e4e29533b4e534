using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Telemetry;

/// <summary>What becomes of the trace context of a client, whoever listens.</summary>
public sealed class TraceparentTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Traceparent_ThatIsSampled_ReachesTheOthersInItsTrace()
    {
        var entry = await SubmitAsync($"00-{Trace}-b7ad6b7169203331-01");
        Assert.StartsWith($"00-{Trace}-", (string?)entry["traceparent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Traceparent_ThatIsNone_IsIgnored(string? traceparent)
    {
        var entry = await SubmitAsync(traceparent);
        // somebody else's test may listen at this moment, and begin a trace of its own
        Assert.DoesNotContain("alert", (string?)entry["traceparent"] ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(Trace, (string?)entry["traceparent"] ?? "", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<JsonNode> SubmitAsync(string? traceparent)
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });
        var request = Requests.Submit("d", 0, new JsonArray("x"));
        request["traceparent"] = traceparent;
        await alice.InvokeAsync("SubmitOperation", request);
        return (await bob.NextAsync("OperationsApplied"))["operations"]![0]!;
    }
}
