namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>What a transfer is doing.</summary>
public enum TransferPhase
{
    /// <summary>Copying documents.</summary>
    Copying,

    /// <summary>Reading both stores again and comparing their digests.</summary>
    Verifying,
}

/// <summary>How far a transfer has come.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Documents">Documents that this phase is done with, tombstones included.</param>
/// <param name="Operations">Operations that this phase is done with.</param>
public sealed record TransferProgress(TransferPhase Phase, int Documents, long Operations);

/// <summary>What was transferred and verified, or was there already from an earlier attempt.</summary>
/// <param name="Documents">Documents, without tombstones.</param>
/// <param name="Tombstones">What deletions left.</param>
/// <param name="Operations">Operations of all documents.</param>
/// <param name="Rooms">Chat rooms.</param>
/// <param name="Messages">Messages of all rooms, deleted ones included.</param>
/// <param name="Digest">SHA-256 over the digests of all documents and then of all rooms in the order of their ids, and of all users' notifications, in hexadecimal; the same for both stores.</param>
public sealed record TransferReport(int Documents, int Tombstones, long Operations, int Rooms, long Messages, string Digest);
