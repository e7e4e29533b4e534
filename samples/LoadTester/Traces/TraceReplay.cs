using System.Diagnostics;
using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Servers;

namespace RealtimeCollab.LoadTester.Traces;

/// <summary>
/// Types a whole trace into a document through one client while another follows, kills the server, and looks from a third
/// client whether all of it is still there.
/// </summary>
public sealed class TraceReplay(EditTrace trace, TraceReplayOptions options)
{
    private const string DocumentId = "trace";

    /// <summary>Edits typed so far; from any thread.</summary>
    public int Typed => _typed;

    private readonly TaskCompletionSource[] _killPoints =
        [.. Enumerable.Range(0, options.Kills).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

    private int _typed;

    /// <summary>Runs it.</summary>
    /// <exception cref="TraceMismatchException">Someone sees another content than the trace's end.</exception>
    public async Task<TraceReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(options.OperationsPerSecond, cancellationToken);
        await using var writer = await ConnectAsync(server, "writer", cancellationToken);
        await using var follower = await ConnectAsync(server, "follower", cancellationToken);
        var initially = new OpenDocumentOptions { InitialText = trace.StartContent };
        var written = await writer.OpenAsync(DocumentId, initially, cancellationToken);
        var followed = await follower.OpenAsync(DocumentId, new OpenDocumentOptions { ReadOnly = true }, cancellationToken);

        var started = Stopwatch.GetTimestamp();
        var kills = KillNowAndThenAsync(server, cancellationToken);
        await TypeAsync(written, cancellationToken);
        await kills;
        await written.WaitUntilSynchronizedAsync(0, cancellationToken);
        var typing = Stopwatch.GetElapsedTime(started);
        await followed.WaitUntilSynchronizedAsync(written.Revision, cancellationToken);
        var following = Stopwatch.GetElapsedTime(started);
        Check("writer", written);
        Check("follower", followed);

        await server.KillAsync(cancellationToken);
        await server.RestartAsync(cancellationToken);
        await using var reader = await ConnectAsync(server, "reader", cancellationToken);
        var opening = Stopwatch.GetTimestamp();
        var read = await reader.OpenAsync(DocumentId, new OpenDocumentOptions { ReadOnly = true }, cancellationToken);
        var opened = Stopwatch.GetElapsedTime(opening);
        Check("reader after the kill", read);
        if (read.Revision != written.Revision)
            throw new TraceMismatchException($"The reader after the kill is at revision {read.Revision}, the writer at {written.Revision}.");

        return new TraceReport(trace.Edits.Count, read.Revision, typing, following, opened);
    }

    private static async Task<CollabClient> ConnectAsync(ServerProcess server, string user, CancellationToken cancellationToken)
    {
        var token = await server.GetTokenAsync(user, cancellationToken);
        var client = CollabClient.Create(new CollabConnectionOptions
        {
            Server = server.Address,
            AccessToken = _ => ValueTask.FromResult<string?>(token),
        });
        await client.StartAsync(cancellationToken);
        return client;
    }

    /// <summary>Types as fast as the client takes it, and looks up when a window of edits is to be saved.</summary>
    private async Task TypeAsync(CollabDocument document, CancellationToken cancellationToken)
    {
        var kill = 0;
        foreach (var edit in trace.Edits)
        {
            document.Replace(edit.Position, edit.Deleted, edit.Inserted);
            var typed = Interlocked.Increment(ref _typed);
            while (kill < _killPoints.Length && typed >= (long)trace.Edits.Count * (kill + 1) / (_killPoints.Length + 1))
                _killPoints[kill++].SetResult();
            if (typed % options.Window == 0)
                await document.WaitUntilSavedAsync(cancellationToken);
        }

        // of a trace without edits
        while (kill < _killPoints.Length)
            _killPoints[kill++].SetResult();
    }

    /// <summary>Kills at points spread evenly over the trace, while the typing goes on.</summary>
    private async Task KillNowAndThenAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        foreach (var point in _killPoints)
        {
            await point.Task.WaitAsync(cancellationToken);
            await server.KillAsync(cancellationToken);
            await server.RestartAsync(cancellationToken);
        }
    }

    private void Check(string who, CollabDocument document)
    {
        if (!string.Equals(document.Text, trace.EndContent, StringComparison.Ordinal))
            throw new TraceMismatchException($"The {who} sees another content than the trace's end, at revision {document.Revision}.");
    }
}

/// <summary>How to replay a trace.</summary>
public sealed record TraceReplayOptions
{
    /// <summary>Edits between two waits for the store, at least 1: what is typed in between is composed by the client.</summary>
    public int Window { get; init; } = 50;

    /// <summary>How often the server is killed and started again during the typing.</summary>
    public int Kills { get; init; }

    /// <summary>The server's limit for one connection; 0 for none.</summary>
    public int OperationsPerSecond { get; init; }
}

/// <summary>What a replay took.</summary>
/// <param name="Edits">Edits typed.</param>
/// <param name="Revisions">Operations that they were committed as.</param>
/// <param name="Typing">Until the last one was committed.</param>
/// <param name="Following">Until the follower had it.</param>
/// <param name="Opening">How long the third client took to open the document on the server that had just been started.</param>
public sealed record TraceReport(int Edits, long Revisions, TimeSpan Typing, TimeSpan Following, TimeSpan Opening);

/// <summary>Someone sees another content than the trace's end.</summary>
public sealed class TraceMismatchException(string message) : Exception(message);
