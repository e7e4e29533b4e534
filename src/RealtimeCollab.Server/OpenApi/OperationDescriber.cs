using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RealtimeCollab.Server.Followers;

namespace RealtimeCollab.Server.OpenApi;

/// <summary>Writes what <see cref="ApiOperation"/> says of an address, its numbers, problems and security.</summary>
internal sealed class OperationDescriber : IOpenApiOperationTransformer
{
    public const string Bearer = "bearer";
    public const string Problem = "Problem";

    private static readonly string[] Numbers = ["limit", "revision", "from", "to", "baseRevision", "since"];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var described = metadata.OfType<ApiOperation>().Last();
        operation.OperationId = described.Id.Length > 0 ? described.Id : MakeId(context.Description.HttpMethod, context.Description.RelativePath);
        operation.Summary = described.Summary.Length > 0 ? described.Summary : null;
        operation.Tags = null;
        AddParameters(operation, context.Description.RelativePath ?? "", metadata.OfType<TicketInQuery>().Any());
        operation.RequestBody = described.BodyMediaType is null ? null : new OpenApiRequestBody
        {
            Required = true,
            Content = Content([described.BodyMediaType], await SchemaOfAsync(described.Body, context, cancellationToken)),
        };
        operation.Responses = new OpenApiResponses();
        var answer = described.Answer is null ? null : await SchemaOfAsync(described.Answer, context, cancellationToken);
        foreach (var status in described.Statuses)
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = "Done.",
                Content = Content(described.AnswerMediaTypes, answer ?? (described.AnswerMediaTypes.Contains("application/json", StringComparer.Ordinal) ? new OpenApiSchema() : TextSchema())),
            };
        }

        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Refused, with a code.",
            Content = Content(["application/problem+json"], new OpenApiSchemaReference(Problem, context.Document)),
        };
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
    }

    private static void AddParameters(OpenApiOperation operation, string path, bool isEvents)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            if (Numbers.Contains(parameter.Name, StringComparer.Ordinal))
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" };
        }

        // handlers that read a part of the address by themselves
        foreach (var part in path.Split('/').Where(part => part.StartsWith('{')))
        {
            var name = part.Trim('{', '}');
            if (!operation.Parameters.Any(parameter => parameter.Name == name))
                operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = TextSchema() });
        }

        if (!isEvents)
            return;
        operation.Parameters.Add(new OpenApiParameter { Name = "since", In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } });
        operation.Parameters.Add(new OpenApiParameter { Name = "Last-Event-ID", In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } });
        foreach (var name in new[] { "clientId", "device", "access_token", TicketInQuery.Name })
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = TextSchema() });
    }

    private static async Task<IOpenApiSchema> SchemaOfAsync(Type? type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (type is null)
            return TextSchema();
        if (context.Document?.Components?.Schemas?.ContainsKey(type.Name) != true)
            context.Document!.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, parameterDescription: null, cancellationToken));
        return new OpenApiSchemaReference(type.Name, context.Document);
    }

    private static Dictionary<string, OpenApiMediaType> Content(IEnumerable<string> mediaTypes, IOpenApiSchema schema) =>
        mediaTypes.ToDictionary(mediaType => mediaType, _ => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal);

    private static OpenApiSchema TextSchema() => new() { Type = JsonSchemaType.String };

    private static string MakeId(string? method, string? path) => JsonNamingPolicy.CamelCase.ConvertName(
        method?.ToLowerInvariant() + string.Concat((path ?? "").Split('/', '{', '}').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..])));
}
