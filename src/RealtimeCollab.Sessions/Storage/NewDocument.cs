using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Storage;

/// <summary>A document that is to be created.</summary>
public sealed record NewDocument(
    string DocumentId, string Incarnation, ContentType ContentType, string CreatedBy, DateTimeOffset CreatedAt);

/// <summary>The first operation of a document that is to be created; its revision is the store's to give.</summary>
public sealed record NewEntry(string ClientId, string OperationId, TextOperation Operation);
