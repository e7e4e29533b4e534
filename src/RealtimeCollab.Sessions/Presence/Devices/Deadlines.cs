namespace RealtimeCollab.Sessions.Presence.Devices;

/// <summary>
/// Which device is to be looked at when: one timer for all of them. A device that is put off stays where it is and is looked at
/// in vain; one that is brought forward leaves an entry behind, which is passed over. Guarded by the tracker's lock.
/// </summary>
internal sealed class Deadlines(ITimer timer)
{
    private readonly PriorityQueue<LocalDevice, TimeSpan> _queue = new();
    private TimeSpan? _armedFor;

    public void Schedule(LocalDevice device, TimeSpan now)
    {
        if (device.NextChange(now) is not { } due || device.DueAt <= due)
            return;
        device.DueAt = due;
        _queue.Enqueue(device, due);
        if (!(_armedFor <= due))
            Arm(due, now);
    }

    /// <summary>Takes out those whose time has come; the timer is set anew for the others.</summary>
    public IReadOnlyList<LocalDevice> TakeDue(TimeSpan now)
    {
        var taken = new List<LocalDevice>();
        while (_queue.TryPeek(out var device, out var due) && due <= now)
        {
            _queue.Dequeue();
            if (device.DueAt != due)
                continue;
            device.DueAt = null;
            taken.Add(device);
        }

        _armedFor = null;
        if (_queue.TryPeek(out _, out var next))
            Arm(next, now);
        return taken;
    }

    private void Arm(TimeSpan due, TimeSpan now)
    {
        _armedFor = due;
        timer.Change(due > now ? due - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
