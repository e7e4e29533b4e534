namespace RealtimeCollab.Sessions.Presence;

/// <summary>A device of a user, as one node knows it.</summary>
public sealed record DevicePresence
{
    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>A label, as the client gave it.</summary>
    public string? Label { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How it reads now.</summary>
    public required Availability Status { get; init; }

    /// <summary>What the user chose on it.</summary>
    public required Availability Chosen { get; init; }

    /// <summary>When the user chose it; null if never.</summary>
    public DateTimeOffset? ChosenAt { get; init; }

    /// <summary>What the user says about it.</summary>
    public string? Text { get; init; }

    /// <summary>When the user last did something on it.</summary>
    public required DateTimeOffset LastActive { get; init; }

    /// <summary>The documents that its connections have joined, in ordinal order.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>The same device on two nodes, when its connections went to different ones: what was chosen later holds.</summary>
    internal static DevicePresence Merge(DevicePresence one, DevicePresence other)
    {
        var (older, newer) = Nullable.Compare(one.ChosenAt, other.ChosenAt) <= 0 ? (one, other) : (other, one);
        return newer with
        {
            Label = newer.Label ?? older.Label,
            Since = one.Since <= other.Since ? one.Since : other.Since,
            Status = MergeStatus(older, newer),
            LastActive = one.LastActive >= other.LastActive ? one.LastActive : other.LastActive,
            Documents = Union([one, other]),
        };
    }

    internal static IReadOnlyList<string> Union(IReadOnlyList<DevicePresence> devices) => devices switch
    {
        [] => [],
        [var only] => only.Documents,
        _ => [.. devices.SelectMany(device => device.Documents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    private static Availability MergeStatus(DevicePresence older, DevicePresence newer)
    {
        // what follows from activity follows from that on either; what was chosen once is of no weight beside what was chosen later
        var counts = older.Status == Availability.Editing || (older.Chosen == Availability.Online && newer.Chosen == Availability.Online);
        return counts && older.Status > newer.Status ? older.Status : newer.Status;
    }
}
