using System.Security.Claims;
using RealtimeCollab.Server.Identity;

namespace RealtimeCollab.Server.Application;

/// <inheritdoc/>
internal sealed class DocumentService(DocumentParts parts) : IDocumentService
{
    /// <summary>In the log beside the author's id, as that of any client.</summary>
    private readonly string _clientId = $"server-{Guid.NewGuid():N}";

    public IUserDocuments As(string userId) => CollabIdentity.IsValid(userId)
        ? new UserDocuments(parts, _clientId, userId, user: null)
        : throw new ArgumentException($"A user's id has 1 to {CollabIdentity.MaxLength} UTF-16 code units and no control characters.", nameof(userId));

    public IUserDocuments As(ClaimsPrincipal user) => new UserDocuments(parts, _clientId, CollabIdentity.GetUserId(user), user);
}
