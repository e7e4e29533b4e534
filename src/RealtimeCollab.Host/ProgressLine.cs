using RealtimeCollab.Sessions.Storage.Transfer;

namespace RealtimeCollab.Host;

/// <summary>Shows how far a transfer has come: one line that is written again on a terminal, a line for each phase elsewhere.</summary>
internal sealed class ProgressLine(TextWriter output) : IProgress<TransferProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private TransferPhase? _phase;
    private long _shownAt;

    public void Report(TransferProgress value)
    {
        var isNewPhase = _phase != value.Phase;
        if (!isNewPhase && (!_isTerminal || TimeProvider.System.GetElapsedTime(_shownAt) < Interval))
            return;
        if (isNewPhase)
            End();
        (_phase, _shownAt) = (value.Phase, TimeProvider.System.GetTimestamp());
        output.Write($"{(_isTerminal ? "\r" : "")}{value.Phase}: {value.Documents} documents, {value.Operations} operations{(_isTerminal ? "" : " …\n")}");
    }

    public void End()
    {
        if (_phase is not null && _isTerminal)
            output.WriteLine();
    }
}
