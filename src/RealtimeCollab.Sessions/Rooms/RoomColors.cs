namespace RealtimeCollab.Sessions.Rooms;

/// <summary>
/// Who has which colour in a room. A user keeps it while in the room and gets it back on return; another one only if somebody else has
/// it by then and a less used one is there. Guarded by the room's lock.
/// </summary>
internal sealed class RoomColors
{
    /// <summary>Users who went and whose colour is kept for them.</summary>
    private const int MaxRemembered = 1_000;

    private readonly Dictionary<string, Holder> _present = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _remembered = new(StringComparer.Ordinal);
    private readonly int[] _uses = new int[UserColors.All.Count];

    /// <summary>A connection of the user comes. Returns the user's colour.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="given">The colour that another node gave; it holds unless the user has one here.</param>
    public string Enter(string userId, string? given = null)
    {
        if (!_present.TryGetValue(userId, out var holder))
        {
            _present.Add(userId, holder = new Holder(UserColors.IndexOf(given) ?? Choose(userId)));
            _uses[holder.Color]++;
        }

        holder.Connections++;
        return UserColors.All[holder.Color];
    }

    /// <summary>A connection of the user goes.</summary>
    public void Leave(string userId)
    {
        var holder = _present[userId];
        if (--holder.Connections > 0)
            return;
        _present.Remove(userId);
        _uses[holder.Color]--;
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[userId] = holder.Color;
    }

    /// <summary>The least used colour; of such the user's own, or the next after it.</summary>
    private int Choose(string userId)
    {
        var own = _remembered.TryGetValue(userId, out var color) ? color : UserColors.PreferenceOf(userId);
        return Enumerable.Range(own, _uses.Length).Select(index => index % _uses.Length).MinBy(index => _uses[index]);
    }

    private sealed class Holder(int color)
    {
        public int Color => color;

        public int Connections { get; set; }
    }
}
