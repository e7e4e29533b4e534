using Microsoft.AspNetCore.Http;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;

namespace RealtimeCollab.Server.Http;

/// <summary>Counts each request before anything is done for it; <see cref="EventsApi"/> counts its own, to refuse them in a way that an EventSource comes back after.</summary>
internal sealed class RequestRateFilter(Rates rates) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TicketInQuery>() is null)
            rates.Requests.Take(CollabIdentity.GetUserId(context.HttpContext.User));
        return next(context);
    }
}
