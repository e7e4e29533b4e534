using RealtimeCollab.Sessions.Presence.Devices;

namespace RealtimeCollab.Sessions.Presence;

/// <summary>What a connection, on whichever hub, says of its device. Safe for concurrent use; after <see cref="Close"/> it says nothing more.</summary>
public sealed class PresenceConnection
{
    private readonly PresenceTracker _tracker;
    private readonly HashSet<string> _documents = new(StringComparer.Ordinal);

    internal PresenceConnection(PresenceTracker tracker, LocalDevice device, PresenceIdentity identity) =>
        (_tracker, Device, Identity) = (tracker, device, identity);

    /// <summary>Who it is.</summary>
    public PresenceIdentity Identity { get; }

    internal LocalDevice Device { get; }

    /// <summary>When it stops to count; null while it is open. Guarded by the tracker's lock, as are the documents.</summary>
    internal TimeSpan? GoneAt { get; private set; }

    internal IReadOnlyCollection<string> Documents => _documents;

    /// <summary>The connection joined a document.</summary>
    public void Join(string documentId) => _tracker.Update(this, _ => _documents.Add(documentId));

    /// <summary>The connection left a document.</summary>
    public void Leave(string documentId) => _tracker.Update(this, _ => _documents.Remove(documentId));

    /// <summary>The user changed a document. Takes no lock while the device reads as editing.</summary>
    public void Edit()
    {
        if (!Device.TryEditOn(_tracker.Now))
            _tracker.Update(this, Device.BeActive);
    }

    /// <summary>The user did something else. Takes no lock while that changes nothing to be seen.</summary>
    public void Act()
    {
        if (!Device.TryActOn(_tracker.Now))
            _tracker.Update(this, Device.BeActive);
    }

    /// <summary>The client says whether somebody is at the device.</summary>
    public void Beat(bool isActive) => _tracker.Update(this, isActive ? Device.BeActive : Device.BeIdle);

    /// <summary>The user chose <see cref="Availability.Online"/>, <see cref="Availability.Away"/> or <see cref="Availability.Busy"/>.</summary>
    public void SetStatus(Availability status, string? text)
    {
        if (status is Availability.Editing or Availability.Offline)
            throw CollabException.InvalidRequest("status is online, away or busy; the others follow from what happens.");
        _tracker.Update(this, at => Device.Choose(status, text, at));
    }

    /// <summary>The connection is closed; it counts for a grace period still.</summary>
    /// <param name="wasSilent">Nothing had come from it for a while.</param>
    public void Close(bool wasSilent) => _tracker.Update(this, at => GoneAt = at.Now + _tracker.GraceOf(wasSilent));
}
