using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Server.Http;

/// <summary>Links by which users make themselves members of a document.</summary>
internal sealed class LinkApi(
    IShareLinkStore links,
    IMembershipStore members,
    DocumentRoles roles,
    IDocumentAccess access,
    Rates rates,
    IOptions<RealtimeCollabOptions> options,
    TimeProvider time,
    ILogger<LinkApi> logger)
{
    private const int MaxTokenLength = 128;

    private static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(30);

    private readonly int _maxLinks = options.Value.RequestLimits.MaxLinksPerDocument;

    public async Task<IResult> ListAsync(HttpContext context, string documentId)
    {
        var document = await FindAsync(context, documentId);
        var all = await links.ListAsync(documentId, document.Incarnation, context.RequestAborted);
        return ApiGroup.Json(new ShareLinks { Links = [.. all.Select(link => ToInfo(link, token: null))] });
    }

    public async Task<IResult> CreateAsync(HttpContext context, string documentId)
    {
        var request = await JsonBody.ReadAsync<CreateShareLinkRequest>(context);
        if (request.Role is not (DocumentRole.Viewer or DocumentRole.Commenter or DocumentRole.Editor))
            throw CollabException.InvalidRequest("role is one of viewer, commenter, editor.");
        var now = ToMilliseconds(time.GetUtcNow());
        var expires = ToMilliseconds(request.ExpiresAt ?? now + UsualLifetime);
        if (expires <= now)
            throw CollabException.InvalidRequest("expiresAt is a time to come.");
        var document = await FindAsync(context, documentId);
        await MakeRoomAsync(document, now, context.RequestAborted);
        var token = ShareTokens.Create();
        var link = new ShareLink(
            Guid.NewGuid().ToString("N"), documentId, document.Incarnation, ShareTokens.Hash(token), request.Role.ToMemberRole(),
            CollabIdentity.GetUserId(context.User), now, expires);
        await links.AddAsync(link, context.RequestAborted);
        await ConfirmAsync(context, link);
        return ApiGroup.Json(ToInfo(link, token), StatusCodes.Status201Created);
    }

    /// <summary>Answers the same whether there was such a link: a call that is repeated has been carried out.</summary>
    public async Task<IResult> RemoveAsync(HttpContext context, string documentId, string linkId)
    {
        var document = await FindAsync(context, documentId);
        await links.RemoveAsync(documentId, document.Incarnation, linkId, context.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>Gives the user what the link gives, unless they have as much already.</summary>
    public async Task<IResult> RedeemAsync(HttpContext context)
    {
        var userId = CollabIdentity.GetUserId(context.User);
        rates.LinkAttempts.Take(userId);
        var request = await JsonBody.ReadAsync<RedeemLinkRequest>(context);
        var link = request.Token is { Length: > 0 and <= MaxTokenLength }
            ? await links.FindAsync(ShareTokens.Hash(request.Token), context.RequestAborted)
            : null;
        // one answer, so that nobody learns of links that were
        if (link is null || link.ExpiresAt <= time.GetUtcNow())
            throw CollabException.PermissionDenied("There is no such link, or it has expired.");

        var offered = link.Role.ToDocumentRole();
        var grant = await roles.RequireAsync(context.User, link.DocumentId, DocumentRole.None, context.RequestAborted);
        if (grant.Role < offered)
        {
            var change = await members.RaiseAsync(link.DocumentId, link.Incarnation, userId, link.Role, context.RequestAborted);
            if (change == MembershipChange.Changed)
                AccessLog.LinkRedeemed(logger, userId, link.DocumentId, link.LinkId);
            await access.InvalidateAsync(link.DocumentId, context.RequestAborted);
            grant = await roles.RequireAsync(context.User, link.DocumentId, DocumentRole.Viewer, context.RequestAborted);
        }

        return ApiGroup.Json(new RedeemedLink { DocumentId = link.DocumentId, Role = grant.Role });
    }

    /// <summary>An owner who was taken out while the link was made must not come back by it: nobody has seen its token yet.</summary>
    private async Task ConfirmAsync(HttpContext context, ShareLink link)
    {
        try
        {
            await FindAsync(context, link.DocumentId);
        }
        catch
        {
            await links.RemoveAsync(link.DocumentId, link.Incarnation, link.LinkId, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Where there are as many links as may be, those go that have expired.</summary>
    private async Task MakeRoomAsync(DocumentHead document, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_maxLinks == 0)
            return;
        var all = await links.ListAsync(document.DocumentId, document.Incarnation, cancellationToken);
        if (all.Count < _maxLinks)
            return;
        var expired = all.Where(link => link.ExpiresAt <= now).ToList();
        if (expired.Count == 0)
            throw CollabException.InvalidRequest($"The document has {all.Count} links; {_maxLinks} are allowed. Remove one first.");
        foreach (var link in expired)
            await links.RemoveAsync(document.DocumentId, document.Incarnation, link.LinkId, cancellationToken);
    }

    private async ValueTask<DocumentHead> FindAsync(HttpContext context, string documentId)
    {
        Require.DocumentId(documentId);
        return (await roles.RequireAsync(context.User, documentId, DocumentRole.Owner, context.RequestAborted)).Document;
    }

    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static ShareLinkInfo ToInfo(ShareLink link, string? token) => new()
    {
        LinkId = link.LinkId,
        Token = token,
        Role = link.Role.ToDocumentRole(),
        CreatedBy = link.CreatedBy,
        CreatedAt = link.CreatedAt,
        ExpiresAt = link.ExpiresAt,
    };
}
