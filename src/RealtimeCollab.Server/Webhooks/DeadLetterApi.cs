using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>What <c>GET /api/webhooks/dead-letters</c> answers.</summary>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetter> DeadLetters);

/// <summary>An event that an endpoint did not take.</summary>
internal sealed record DeadLetter
{
    public required long Number { get; init; }

    public required string Endpoint { get; init; }

    public required string EventId { get; init; }

    /// <summary>The event's name.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The document, or of a mention the room.</summary>
    public required string SubjectId { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset DeadAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Failure { get; init; }
}

/// <summary>Which dead letters are meant: those with these numbers, or all of an endpoint.</summary>
internal sealed record DeadLetterRequest
{
    public IReadOnlyList<long>? Numbers { get; init; }

    public string? Endpoint { get; init; }
}

/// <summary>How many there were.</summary>
internal sealed record DeadLetterCount(int Count);

/// <summary>Dead letters, for administrators: what they are, and to have them delivered again or forgotten.</summary>
internal sealed class DeadLetterApi(IWebhookOutbox outbox, TimeProvider time)
{
    public const string Path = "/api/webhooks/dead-letters";

    private const int MaxPage = 200;

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins)
    {
        var letters = ApiGroup.MapForAdministrators(endpoints, origins, Path);
        letters.MapGet("", (HttpContext context, string? endpoint, string? after, string? limit, DeadLetterApi api) => api.ListAsync(context, endpoint, after, limit))
            .Describe<DeadLetterPage>("listDeadLetters", "Webhook events that were given up; for administrators.");
        letters.MapPost("/redeliver", (HttpContext context, DeadLetterApi api) => api.RedeliverAsync(context))
            .Describe<DeadLetterRequest, DeadLetterCount>("redeliverDeadLetters", "Tries dead letters again; for administrators.");
        letters.MapPost("/drop", (HttpContext context, DeadLetterApi api) => api.DropAsync(context))
            .Describe<DeadLetterRequest, DeadLetterCount>("dropDeadLetters", "Forgets dead letters; for administrators.");
    }

    private async Task<IResult> ListAsync(HttpContext context, string? endpoint, string? after, string? limit)
    {
        var size = Require.OptionalLimit(limit, usual: MaxPage, MaxPage);
        var last = Require.OptionalNumber(after, "after") ?? 0;
        var which = new DeadLetters { Endpoint = Require.OptionalLabel(endpoint, "endpoint") };
        return ApiGroup.Json(new DeadLetterPage([.. (await outbox.ListDeadAsync(which, last, size, context.RequestAborted)).Select(ToLetter)]));
    }

    private async Task<IResult> RedeliverAsync(HttpContext context)
    {
        return ApiGroup.Json(new DeadLetterCount(await outbox.RedeliverAsync(await ReadAsync(context), time.GetUtcNow(), context.RequestAborted)));
    }

    private async Task<IResult> DropAsync(HttpContext context)
    {
        return ApiGroup.Json(new DeadLetterCount(await outbox.DropAsync(await ReadAsync(context), context.RequestAborted)));
    }

    /// <summary>Nothing given is a mistake more often than a wish for all.</summary>
    private static async Task<DeadLetters> ReadAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync<DeadLetterRequest>(context);
        return request is { Numbers: null, Endpoint: null }
            ? throw CollabException.InvalidRequest("numbers or endpoint says which dead letters are meant.")
            : new DeadLetters { Numbers = request.Numbers, Endpoint = Require.OptionalLabel(request.Endpoint, "endpoint") };
    }

    private static DeadLetter ToLetter(WebhookDelivery delivery) => new()
    {
        Number = delivery.Number,
        Endpoint = delivery.Endpoint,
        EventId = delivery.Event.EventId,
        Type = WebhookEventNames.NameOf(delivery.Event.Type),
        OccurredAt = delivery.Event.OccurredAt,
        SubjectId = delivery.Event.SubjectId,
        Attempts = delivery.Attempts,
        DeadAt = delivery.DeadAt!.Value,
        Failure = delivery.Failure,
    };
}
