using System.Text;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>Bad input gets its code, changes nothing and leaves the connection as it was.</summary>
public sealed class ErrorContractTests
{
    private const string Text = BadInput.Text;

    public static TheoryData<string, string, string?> BadOperations => [.. BadInput.Operations];

    public static TheoryData<string, string, string> BadCalls => [.. BadInput.Calls];

    [Theory]
    [MemberData(nameof(BadOperations))]
    public async Task SubmitOperation_ThatIsBad_GetsItsCodeAndChangesNothing(string operation, string code, string? reason)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = Text });

        var request = $$"""{"documentId":"d","operationId":"op","baseRevision":1,"operation":{{operation}}}""";
        Assert.Equal(code, await client.InvokeJsonRefusedAsync("SubmitOperation", request));
        if (reason is not null)
            Assert.Equal(reason, (string?)(await client.NextAsync("Error"))["details"]);
        await AssertUndisturbedAsync(client);
    }

    [Theory]
    [InlineData("d", 2, "revision_ahead")]
    [InlineData("d", -1, "invalid_request")]
    [InlineData("missing", 0, "document_not_found")]
    [InlineData("joined-by-nobody", 0, "session_not_found")]
    [InlineData("bad/id", 0, "invalid_request")]
    [InlineData("", 0, "invalid_request")]
    public async Task SubmitOperation_ToTheWrongPlace_GetsItsCodeAndChangesNothing(string documentId, long baseRevision, string code)
    {
        await using var app = await TestApp.StartAsync();
        await using var other = await app.ConnectAsync("bob");
        await other.InvokeAsync("StartEditing", new { documentId = "joined-by-nobody" });
        await using var client = await app.ConnectAsync("alice");
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = Text });

        var request = Requests.Submit(documentId, baseRevision, new JsonArray("x"), "the-operation");
        Assert.Equal(code, await client.InvokeRefusedAsync("SubmitOperation", request));
        var error = await client.NextAsync("Error");
        Assert.Equal(code, (string?)error["code"]);
        Assert.Equal(documentId, (string?)error["documentId"]);
        Assert.Equal("the-operation", (string?)error["operationId"]);
        await AssertUndisturbedAsync(client);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task SubmitOperation_WithBadOperationId_IsInvalidRequest(string operationId)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = Text });
        Assert.Equal("invalid_request", await client.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("x"), operationId)));
        await AssertUndisturbedAsync(client);
    }

    [Fact]
    public async Task SubmitOperation_Of600Kilobytes_IsPayloadTooLarge()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = Text });
        var request = Requests.Submit("d", 1, new JsonArray(new string('x', 600 * 1024)));
        Assert.Equal("payload_too_large", await client.InvokeRefusedAsync("SubmitOperation", request));
        await AssertUndisturbedAsync(client);
    }

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task Call_ThatIsBad_GetsItsCodeAndChangesNothing(string method, string argument, string code)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = Text });
        Assert.Equal(code, await client.InvokeJsonRefusedAsync(method, argument));
        await AssertUndisturbedAsync(client);
    }

    [Fact]
    public async Task Error_OfACallThatNobodyAwaits_IsRaised()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        await client.SendAsync("SubmitOperation", Requests.Submit("missing", 0, new JsonArray("x"), "op-7"));
        var error = await client.NextAsync("Error");
        Assert.Equal("document_not_found", (string?)error["code"]);
        Assert.Equal("op-7", (string?)error["operationId"]);
        Assert.NotEmpty((string?)error["message"] ?? "");
    }

    [Fact]
    public async Task Frame_Of10Megabytes_ClosesTheConnectionThatSentItAndNothingElse()
    {
        await using var app = await TestApp.StartAsync();
        await using var other = await app.ConnectAsync("bob");
        await other.InvokeAsync("StartEditing", new { documentId = "d", initialText = Text });
        await using var client = await app.ConnectAsync("alice");
        await client.InvokeAsync("StartEditing", new { documentId = "d" });

        await SendHugeAsync(client);

        await client.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await other.NextAsync("UserLeft");
        await AssertUndisturbedAsync(other);
    }

    [Fact]
    public async Task Frame_ThatIsNotJson_ClosesTheConnectionThatSentItAndNothingElse()
    {
        await using var app = await TestApp.StartAsync();
        await using var other = await app.ConnectAsync("bob");
        await other.InvokeAsync("StartEditing", new { documentId = "d", initialText = Text });
        await using var client = await app.ConnectAsync("alice");

        await client.SendFrameAsync("{not json");

        await client.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await AssertUndisturbedAsync(other);
    }

    private static async Task SendHugeAsync(RawHubClient client)
    {
        try
        {
            await client.SendFrameAsync(new StringBuilder("{\"type\":1,\"x\":\"").Append('x', 10_000_000).Append("\"}").ToString());
        }
        catch (Exception closed) when (closed is System.Net.WebSockets.WebSocketException or IOException)
        {
            // the server may close while the frame is still on its way
        }
    }

    private static async Task AssertUndisturbedAsync(RawHubClient client)
    {
        var snapshot = await client.InvokeAsync("Subscribe", new { documentId = "d" });
        Assert.Equal(Text, (string?)snapshot!["content"]);
        Assert.Equal(1, (long)snapshot["revision"]!);
    }
}
