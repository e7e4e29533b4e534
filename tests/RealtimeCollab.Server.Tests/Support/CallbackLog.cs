using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>The callbacks that a connection received, and those who wait for the next.</summary>
internal sealed class CallbackLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<JsonObject>> _received = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public void Add(string target, JsonObject message) => Change(() => Of(target).Add(message));

    public void End() => Change(() => _ended = true);

    public IReadOnlyList<JsonObject> Received(string target)
    {
        lock (_lock)
            return [.. Of(target)];
    }

    public async Task<JsonObject> NextAsync(string target, Func<JsonObject, bool>? fits)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                var received = Of(target);
                var next = _taken.GetValueOrDefault(target);
                while (next < received.Count)
                {
                    _taken[target] = next + 1;
                    if (fits is null || fits(received[next]))
                        return received[next];
                    next++;
                }

                if (_ended)
                    throw new IOException($"The connection was closed before {target} came.");
                changed = _changed.Task;
            }

            // others, such as comments that come for ever, do not make it wait longer
            var patience = Patience.Limit - Stopwatch.GetElapsedTime(start);
            await changed.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, TestContext.Current.CancellationToken);
        }
    }

    private List<JsonObject> Of(string target)
    {
        if (!_received.TryGetValue(target, out var list))
            _received.Add(target, list = []);
        return list;
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_lock)
        {
            change();
            before = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.SetResult();
    }
}
