using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Identity;

/// <summary>
/// Which web pages may connect. Browsers hold cross-origin requests to CORS, but open WebSockets to anywhere: there the
/// server has to look at the origin itself.
/// </summary>
internal sealed class OriginPolicy(IOptions<RealtimeCollabOptions> options, IHostEnvironment environment)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);
    private readonly bool _allowLoopback = environment.IsDevelopment();

    /// <summary>Refuses requests of other pages, wherever the endpoint is mapped and whatever the pipeline before it.</summary>
    public void Guard(IEndpointConventionBuilder endpoints) => endpoints.Add(endpoint =>
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context => IsAllowed(context.Request)
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status403Forbidden, ErrorCodes.PermissionDenied, "This origin may not connect.");
    });

    public bool IsAllowed(string origin) =>
        _allowed.Contains(origin)
        || (_allowLoopback && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback);

    private bool IsAllowed(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        // clients that are not browsers send none, and the server's own pages send its address
        return origin.Length == 0 || IsSameHost(origin, request) || IsAllowed(origin);
    }

    private static bool IsSameHost(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && HostString.FromUriComponent(uri).Equals(request.Host);
}
