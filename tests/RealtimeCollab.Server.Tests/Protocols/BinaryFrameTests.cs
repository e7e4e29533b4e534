using System.Net.WebSockets;
using System.Text;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Protocols;

/// <summary>Bytes that are no messages close the connection that sent them, and nothing else.</summary>
public sealed class BinaryFrameTests
{
    public static TheoryData<string> BadFrames =>
    [
        "01c1", // a byte that begins nothing
        "0180", // a map
        "05ddffffffff", // an array of four billion
        "ffffffff0f", // a length of four gigabytes
        "03910600", // more than the message
        "0791db7fffffff78", // a text of two gigabytes
    ];

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task Frame_ThatIsNoMessage_ClosesTheConnectionThatSentItAndNothingElse(string hex)
    {
        await using var app = await TestApp.StartAsync();
        await using var other = await app.ConnectAsync("bob");
        await other.InvokeAsync("StartEditing", new { documentId = "d", initialText = "Hello" });

        await AssertClosesAsync(app, Convert.FromHexString(hex));
        Assert.Equal("Hello", (string?)(await other.InvokeAsync("Subscribe", new { documentId = "d" }))!["content"]);
    }

    [Fact]
    public async Task Frame_NestedForEver_ClosesTheConnection()
    {
        await using var app = await TestApp.StartAsync();
        var body = Enumerable.Repeat((byte)0x91, 100_000).ToArray();
        await AssertClosesAsync(app, [0xa0, 0x8d, 0x06, .. body]);
    }

    [Fact]
    public async Task Frame_Of10Megabytes_ClosesTheConnection()
    {
        await using var app = await TestApp.StartAsync();
        await AssertClosesAsync(app, [0x80, 0xad, 0xe2, 0x04, .. new byte[10_000_000]]);
    }

    private static async Task AssertClosesAsync(TestApp app, byte[] frame)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(app.Address) { Scheme = "ws", Path = "/hubs/document", Query = $"access_token={await app.GetTokenAsync("alice")}" };
        await socket.ConnectAsync(address.Uri, cancellation);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":2}\u001e"), WebSocketMessageType.Binary, endOfMessage: true, cancellation);

        var received = await ReceiveAsync(socket);
        Assert.Equal("{}\u001e"u8.ToArray(), received?[..3]);
        await SendAsync(socket, frame);
        // Welcome, what is said at the end, and then the end itself
        while (received is not null)
            received = await ReceiveAsync(socket);
        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    private static async Task SendAsync(ClientWebSocket socket, byte[] frame)
    {
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // the server may close while the frame is still on its way
        }
    }

    /// <summary>The next message; null at the end.</summary>
    private static async Task<byte[]?> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var part = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            return part.MessageType == WebSocketMessageType.Close ? null : buffer[..part.Count];
        }
        catch (WebSocketException)
        {
            return null;
        }
    }
}
