using Microsoft.AspNetCore.Http;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;

namespace RealtimeCollab.Server.Http;

/// <summary>Counts each request before anything is done for it.</summary>
internal sealed class RequestRateFilter(Rates rates) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        rates.Requests.Take(CollabIdentity.GetUserId(context.HttpContext.User));
        return next(context);
    }
}
