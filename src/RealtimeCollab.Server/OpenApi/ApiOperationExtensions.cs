using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RealtimeCollab.Server.OpenApi;

/// <summary>Describes addresses where they are mapped.</summary>
internal static class ApiOperationExtensions
{
    private const string Json = "application/json";

    /// <summary>A call without body or answer.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string id, string summary) =>
        route.WithMetadata(new ApiOperation(id, summary) { Statuses = [StatusCodes.Status204NoContent] });

    /// <summary>A call that gives JSON.</summary>
    public static RouteHandlerBuilder Describe<TAnswer>(this RouteHandlerBuilder route, string id, string summary, params int[] statuses) =>
        route.WithMetadata(new ApiOperation(id, summary) { Answer = typeof(TAnswer), AnswerMediaTypes = [Json], Statuses = OrOk(statuses) });

    /// <summary>A call that takes and gives JSON.</summary>
    public static RouteHandlerBuilder Describe<TBody, TAnswer>(this RouteHandlerBuilder route, string id, string summary, params int[] statuses) =>
        route.WithMetadata(new ApiOperation(id, summary)
        {
            Body = typeof(TBody),
            BodyMediaType = Json,
            Answer = typeof(TAnswer),
            AnswerMediaTypes = [Json],
            Statuses = OrOk(statuses),
        });

    /// <summary>A call that gives text.</summary>
    public static RouteHandlerBuilder DescribeText(this RouteHandlerBuilder route, string id, string summary, params string[] mediaTypes) =>
        route.WithMetadata(new ApiOperation(id, summary) { AnswerMediaTypes = mediaTypes });

    /// <summary>A call that takes text and gives JSON.</summary>
    public static RouteHandlerBuilder DescribeUpload<TAnswer>(this RouteHandlerBuilder route, string id, string summary, params int[] statuses) =>
        route.WithMetadata(new ApiOperation(id, summary) { BodyMediaType = "text/plain", Answer = typeof(TAnswer), AnswerMediaTypes = [Json], Statuses = OrOk(statuses) });

    private static int[] OrOk(int[] statuses) => statuses.Length == 0 ? [StatusCodes.Status200OK] : statuses;
}
