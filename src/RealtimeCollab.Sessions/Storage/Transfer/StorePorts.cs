using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>All ports of one store.</summary>
/// <param name="Log">Heads and operations.</param>
/// <param name="Snapshots">Contents at some revisions.</param>
/// <param name="Versions">Named revisions.</param>
/// <param name="Members">Who has which role.</param>
/// <param name="Links">By which users become members.</param>
/// <param name="Archive">All documents.</param>
/// <param name="Chat">Rooms, messages and notifications.</param>
/// <param name="Webhooks">What applications are still to be told.</param>
public sealed record StorePorts(
    IOperationLog Log,
    ISnapshotStore Snapshots,
    IVersionStore Versions,
    IMembershipStore Members,
    IShareLinkStore Links,
    IStoreArchive Archive,
    ChatPorts Chat,
    IWebhookArchive Webhooks);
