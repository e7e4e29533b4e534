using Microsoft.AspNetCore.Http;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Http;

/// <summary>Lets those through who administer the server.</summary>
internal sealed class AdministratorFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.User.IsInRole(CollabIdentity.AdminRole)
            ? next(context)
            : throw CollabException.PermissionDenied("Only administrators may do this.");
}
