using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace RealtimeCollab.Server.Tests.Delivery;

/// <summary>A SignalR connection over a pipe: its other end reads when the test reads, so that slowness needs no clock and no socket.</summary>
internal sealed class FakeConnection
{
    private const byte RecordSeparator = 0x1E;

    /// <summary>More than this unread, and writes wait.</summary>
    private const int PipeBytes = 1024;

    private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2, useSynchronizationContext: false));
    private readonly Pipe _toServer = new();

    public FakeConnection(string id, string? userId = null)
    {
        var connection = new DefaultConnectionContext(id)
        {
            Transport = new Duplex(_toServer.Reader, _toClient.Writer),
        };
        Context = new HubConnectionContext(connection, new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromHours(1) }, NullLoggerFactory.Instance)
        {
            Protocol = new JsonHubProtocol(),
            UserIdentifier = userId,
        };
    }

    public HubConnectionContext Context { get; }

    public bool IsCut => Context.ConnectionAborted.IsCancellationRequested;

    /// <summary>Reads the next message; the raw frame.</summary>
    public async Task<string> ReadAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        while (true)
        {
            var result = await _toClient.Reader.ReadAsync(cancellation);
            if (result.Buffer.PositionOf(RecordSeparator) is { } end)
            {
                var frame = Encoding.UTF8.GetString(result.Buffer.Slice(0, end));
                _toClient.Reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return frame;
            }

            _toClient.Reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Reads what has arrived, whatever the protocol.</summary>
    public async Task<byte[]> ReadBytesAsync()
    {
        var result = await _toClient.Reader.ReadAsync(TestContext.Current.CancellationToken);
        var bytes = result.Buffer.ToArray();
        _toClient.Reader.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    /// <summary>What has arrived and was not read; nothing if that is nothing.</summary>
    public bool HasUnread => _toClient.Reader.TryRead(out var result) && Examine(result);

    public Task CutAsync()
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.ConnectionAborted.Register(cut.SetResult);
        return cut.Task;
    }

    private bool Examine(ReadResult result)
    {
        _toClient.Reader.AdvanceTo(result.Buffer.Start);
        return !result.Buffer.IsEmpty;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
