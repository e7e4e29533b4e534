using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace RealtimeCollab.Client.Connection;

/// <summary>
/// A WebSocket as the duplex pipe that a HubConnection reads and writes. Two loops move the bytes; either one's end
/// ends the other, and whoever disposes waits for both.
/// </summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe, ITransferFormatFeature
{
    private const int ReceiveBufferSize = 16 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    // a reader that falls behind stops the socket here, and TCP then stops the server
    private static readonly PipeOptions Buffering = new(
        pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024, useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly Pipe _received = new(Buffering);
    private readonly Pipe _sent = new(Buffering);
    private readonly CancellationTokenSource _closed = new();
    private Task _running = Task.CompletedTask;
    private int _disposed;

    private WebSocketConnection(WebSocket socket, TransferFormat format)
    {
        _socket = socket;
        ActiveFormat = format;
        Transport = this;
        Features.Set<ITransferFormatFeature>(this);
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _sent.Writer;

    public TransferFormat SupportedFormats => TransferFormat.Text | TransferFormat.Binary;

    public TransferFormat ActiveFormat { get; set; }

    public static WebSocketConnection Start(WebSocket socket, TransferFormat format)
    {
        var connection = new WebSocketConnection(socket, format);
        connection.ConnectionClosed = connection._closed.Token;
        connection._running = Task.WhenAll(connection.ReceiveAsync(), connection.SendAsync());
        return connection;
    }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            await CloseAndWaitAsync().ConfigureAwait(false);

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task CloseAndWaitAsync()
    {
        // the send loop writes what is left and closes its side of the socket; the receive loop ends with the answer
        _closed.CancelAfter(CloseTimeout);
        await _sent.Writer.CompleteAsync().ConfigureAwait(false);
        await _received.Reader.CompleteAsync().ConfigureAwait(false);
        _received.Writer.CancelPendingFlush();
        await _running.ConfigureAwait(false);
        _socket.Dispose();
        _closed.Dispose();
    }

    /// <summary>Socket to pipe, until the server closes; what ended it becomes the end of the pipe.</summary>
    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_received.Writer.GetMemory(ReceiveBufferSize), _closed.Token).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                    break;

                _received.Writer.Advance(received.Count);
                var flushed = await _received.Writer.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCanceled || flushed.IsCompleted)
                    break;
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // after our own end nobody wants to know; otherwise the HubConnection learns why through the pipe
            failure = _closed.IsCancellationRequested ? null : error;
        }

        await _received.Writer.CompleteAsync(failure).ConfigureAwait(false);
        if (failure is not null)
            await _closed.CancelAsync().ConfigureAwait(false);
        _sent.Reader.CancelPendingRead();
    }

    /// <summary>Pipe to socket, until the HubConnection completes the pipe or the receive loop ends.</summary>
    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _sent.Reader.ReadAsync().ConfigureAwait(false);
                if (!read.Buffer.IsEmpty && _socket.State == WebSocketState.Open)
                    await SendAsync(read.Buffer).ConfigureAwait(false);

                _sent.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                    break;
            }

            await CloseAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the receive loop meets the same broken socket and tells the HubConnection
            _socket.Abort();
        }

        await _sent.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(ReadOnlySequence<byte> message)
    {
        var type = ActiveFormat == TransferFormat.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        var position = message.Start;
        message.TryGet(ref position, out var segment);
        while (message.TryGet(ref position, out var next))
        {
            await _socket.SendAsync(segment, type, endOfMessage: false, _closed.Token).ConfigureAwait(false);
            segment = next;
        }

        await _socket.SendAsync(segment, type, endOfMessage: true, _closed.Token).ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, _closed.Token).ConfigureAwait(false);
    }
}
