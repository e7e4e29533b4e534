using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>One document of a <see cref="MemoryStore"/>; used under the store's lock only.</summary>
internal sealed class MemoryDocument(DocumentHead head)
{
    public DocumentHead Head { get; set; } = head;

    /// <summary>Set on a tombstone.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When the first edit was committed that no endpoint was told of.</summary>
    public DateTimeOffset? ChangedSince { get; set; }

    /// <summary>The entries after <see cref="DocumentHead.Horizon"/>.</summary>
    public List<LogEntry> Entries { get; } = [];

    /// <summary>By revision.</summary>
    public SortedDictionary<long, StoredSnapshot> Snapshots { get; } = [];

    /// <summary>In the order in which they were named.</summary>
    public List<NamedVersion> Versions { get; } = [];

    /// <summary>By user id.</summary>
    public SortedDictionary<string, MemberRole> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>By link id.</summary>
    public Dictionary<string, ShareLink> Links { get; } = new(StringComparer.Ordinal);

    public bool Is(string incarnation) => DeletedAt is null && string.Equals(Head.Incarnation, incarnation, StringComparison.Ordinal);

    public void Append(LogEntry entry)
    {
        Entries.Add(entry);
        Head = Head with { Revision = entry.Revision, UpdatedAt = entry.Timestamp };
    }

    /// <returns>How much there was of the user.</returns>
    public long Erase(string userId, string pseudonym)
    {
        long rows = 0;
        if (Head.CreatedBy == userId)
        {
            Head = Head with { CreatedBy = pseudonym };
            rows++;
        }

        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].UserId != userId)
                continue;
            Entries[i] = Entries[i] with { UserId = pseudonym, ClientId = pseudonym };
            rows++;
        }

        for (var i = 0; i < Versions.Count; i++)
        {
            if (Versions[i].CreatedBy != userId)
                continue;
            Versions[i] = Versions[i] with { CreatedBy = pseudonym };
            rows++;
        }

        foreach (var link in Links.Values.Where(link => link.CreatedBy == userId).ToList())
        {
            Links[link.LinkId] = link with { CreatedBy = pseudonym };
            rows++;
        }

        return EraseMember(userId, pseudonym) ? rows + 1 : rows;
    }

    /// <summary>A document always has an owner: the only one stays, under the pseudonym.</summary>
    private bool EraseMember(string userId, string pseudonym)
    {
        if (FindRole(userId) is not { } role)
            return false;
        Members.Remove(userId);
        if (role == MemberRole.Owner && !Members.ContainsValue(MemberRole.Owner))
            Members.Add(pseudonym, MemberRole.Owner);
        Head = Head with { MembershipVersion = Head.MembershipVersion + 1 };
        return true;
    }

    public void Clear()
    {
        Entries.Clear();
        Snapshots.Clear();
        Versions.Clear();
        Members.Clear();
        Links.Clear();
    }

    public MemberRole? FindRole(string userId) => Members.TryGetValue(userId, out var role) ? role : null;

    public MembershipChange ChangeMember(string userId, MemberRole? wanted, bool onlyRaise, long? membershipVersion)
    {
        if (membershipVersion is { } expected && expected != Head.MembershipVersion)
            return MembershipChange.Overtaken;
        var change = MembershipRule.Decide(
            FindRole(userId), wanted, onlyRaise, () => Members.Any(member => member.Value == MemberRole.Owner && member.Key != userId));
        if (change != MembershipChange.Changed)
            return change;
        if (wanted is { } role)
            Members[userId] = role;
        else
            Members.Remove(userId);
        Head = Head with { MembershipVersion = Head.MembershipVersion + 1 };
        return change;
    }

    public void Compact(long horizon)
    {
        Entries.RemoveRange(0, (int)(horizon - Head.Horizon));
        Head = Head with { Horizon = horizon };
        var named = Versions.Select(version => version.Revision).ToHashSet();
        foreach (var revision in Snapshots.Keys.Where(revision => revision < horizon && !named.Contains(revision)).ToArray())
            Snapshots.Remove(revision);
    }
}
