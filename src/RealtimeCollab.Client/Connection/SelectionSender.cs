using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Connection;

/// <summary>Sends the user's selections at most thirty times a second; of those between, only the latest counts.</summary>
internal sealed class SelectionSender(IDocumentHub hub, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(33);

    /// <summary>Called when the server refuses a selection for good.</summary>
    public required Action<CollabClientException> Refused { get; init; }

    private readonly Lock _gate = new();
    private UpdateSelectionRequest? _latest;
    private bool _running;

    /// <summary>Sends a selection now or after the pause, unless a later one comes before.</summary>
    public void Send(UpdateSelectionRequest request)
    {
        lock (_gate)
        {
            _latest = request;
            if (_running)
                return;
            _running = true;
        }

        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        while (TryTake(out var request))
        {
            try
            {
                await hub.UpdateSelection(request).ConfigureAwait(false);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // the document was left
            }
            catch (CollabClientException error)
            {
                // a cursor that was not told is told with the next move; nothing is lost with it
                if (Refusals.RemedyFor(error.Code, attempt: 0) == Remedy.GiveUp)
                    Refused(error);
            }
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out UpdateSelectionRequest? request)
    {
        lock (_gate)
        {
            request = stopping.IsCancellationRequested ? null : _latest;
            _latest = null;
            _running = request is not null;
            return _running;
        }
    }
}
