namespace RealtimeCollab.Sessions.Storage.Access;

/// <summary>When members may be changed; for stores that decide in a transaction of their own.</summary>
public static class MembershipRule
{
    /// <param name="present">The user's role now; null for one who is no member.</param>
    /// <param name="wanted">The role to give; null to take the member out.</param>
    /// <param name="onlyRaise">See <see cref="IMembershipStore.RaiseAsync"/>.</param>
    /// <param name="hasOtherOwner">Whether the document has an owner beside the user; asked only if it matters.</param>
    public static MembershipChange Decide(MemberRole? present, MemberRole? wanted, bool onlyRaise, Func<bool> hasOtherOwner)
    {
        ArgumentNullException.ThrowIfNull(hasOtherOwner);
        if (present == wanted || (onlyRaise && (present is MemberRole.None || present > wanted)))
            return MembershipChange.Unchanged;
        return present == MemberRole.Owner && !hasOtherOwner() ? MembershipChange.LastOwner : MembershipChange.Changed;
    }
}
