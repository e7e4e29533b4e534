using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.History;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Application;

/// <summary>What documents are read and changed with.</summary>
internal sealed record DocumentParts(
    IOperationLog Log,
    IDocumentCatalog Catalog,
    DocumentSessions Sessions,
    DocumentHistory History,
    DocumentRoles Roles,
    DocumentCreation Creation,
    DocumentDeletion Deletion,
    LoadGate Loading,
    OperationGate Gate);
