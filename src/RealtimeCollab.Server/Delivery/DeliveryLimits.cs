namespace RealtimeCollab.Server.Delivery;

/// <summary>How far a receiver may fall behind before its connection is cut; it comes back and resumes by revision.</summary>
internal sealed record DeliveryLimits
{
    /// <summary>Messages that wait for a receiver, in bytes. One message alone may be larger.</summary>
    public long MaxWaitingBytes { get; init; } = 1024 * 1024;

    /// <summary>Age of the oldest message that waits.</summary>
    public TimeSpan MaxWaitingTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often ages are looked at, beside at every message.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A receiver is pinged this often, so that it knows that the server is there.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked for receivers whose ping is due.</summary>
    public TimeSpan PingStep { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The slowest line on which a snapshot is waited for, in bytes a second.</summary>
    public int SlowestLine { get; init; } = 64 * 1024;
}
