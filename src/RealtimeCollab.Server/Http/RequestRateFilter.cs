using Microsoft.AspNetCore.Http;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Http;

/// <summary>Counts each request before anything is done for it.</summary>
internal sealed class RequestRateFilter(Rates rates) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            rates.Requests.Take(CollabIdentity.GetUserId(http.User));
        }
        catch (CollabException) when (http.GetEndpoint()?.Metadata.GetMetadata<TicketInQuery>() is not null)
        {
            await EventResponse.BeginAsync(http);
            return Results.Empty;
        }

        return await next(context);
    }
}
