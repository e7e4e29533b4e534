using System.Security.Claims;

namespace RealtimeCollab.Server.Identity;

/// <summary>The scheme and the claims by which this library knows a user.</summary>
public static class CollabIdentity
{
    /// <summary>Name of the authentication scheme, and of the authorization policy of every hub.</summary>
    public const string Scheme = "RealtimeCollab";

    /// <summary>The user's id, at most <see cref="MaxLength"/> UTF-16 code units.</summary>
    public const string UserIdClaim = "sub";

    /// <summary>The name that others see; absent: the user's id.</summary>
    public const string UserNameClaim = "name";

    /// <summary>What the user is to the whole server, such as <c>admin</c>.</summary>
    public const string RoleClaim = "role";

    /// <summary>The role of those who administer the server.</summary>
    public const string AdminRole = "admin";

    /// <summary>Longest id and longest name, in UTF-16 code units.</summary>
    public const int MaxLength = 128;

    /// <summary>The user's id.</summary>
    /// <exception cref="InvalidOperationException">The user was not authenticated by <see cref="Scheme"/>.</exception>
    public static string GetUserId(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.FindFirst(UserIdClaim)?.Value ?? throw new InvalidOperationException("The user has no sub claim.");
    }

    /// <summary>The name that others see: without characters that change the direction of what stands beside it.</summary>
    public static string GetUserName(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var name = user.FindFirst(UserNameClaim)?.Value is { } given ? DisplayText.WithoutDirection(given) : "";
        return string.IsNullOrWhiteSpace(name) ? GetUserId(user) : name;
    }

    internal static bool IsValid(string? value) =>
        !string.IsNullOrWhiteSpace(value) && value.Length <= MaxLength && !value.Any(char.IsControl);
}
