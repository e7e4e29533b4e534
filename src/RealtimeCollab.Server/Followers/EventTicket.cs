using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using RealtimeCollab.Server.Hubs;

namespace RealtimeCollab.Server.Followers;

/// <summary>What an events address says beside who the user is.</summary>
/// <param name="DocumentId">The only document that it opens.</param>
/// <param name="ClientId">The client that asked for it.</param>
/// <param name="Device">The client's label.</param>
internal sealed record EventTicket(string DocumentId, string ClientId, string? Device)
{
    private const string DocumentIdClaim = "realtimecollab:document";
    private const string ClientIdClaim = "realtimecollab:client";
    private const string DeviceClaim = "realtimecollab:device";
    private const string ExpiryClaim = "realtimecollab:until";

    public void AddTo(Dictionary<string, object> claims, DateTimeOffset? userExpires)
    {
        claims[DocumentIdClaim] = DocumentId;
        claims[ClientIdClaim] = ClientId;
        if (Device is not null)
            claims[DeviceClaim] = Device;
        if (userExpires is { } expires)
            claims[ExpiryClaim] = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    public static string? DocumentIdOf(ClaimsIdentity user) => user.FindFirst(DocumentIdClaim)?.Value;

    public static DateTimeOffset? ExpiryOf(ClaimsIdentity user) =>
        user.FindFirst(ExpiryClaim) is { } claim ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(claim.Value, CultureInfo.InvariantCulture)) : null;

    /// <summary>The client that opens a stream: by its ticket, or as it says.</summary>
    public static string? ClientIdOf(HttpContext context) =>
        context.User.FindFirst(ClientIdClaim)?.Value ?? Require.OptionalId(context.Request.Query["clientId"].ToString(), "clientId");

    /// <inheritdoc cref="ClientIdOf"/>
    public static string? DeviceOf(HttpContext context) =>
        context.User.FindFirst(DeviceClaim)?.Value ?? Require.OptionalLabel(context.Request.Query["device"].ToString(), "device");
}
