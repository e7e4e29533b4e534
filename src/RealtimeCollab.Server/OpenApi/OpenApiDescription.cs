using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace RealtimeCollab.Server.OpenApi;

/// <summary>The description of the HTTP API at <c>/openapi/v1.json</c>: of our addresses alone, beside whatever the application describes of its own.</summary>
internal static class OpenApiDescription
{
    public const string Path = "/openapi/v1.json";

    /// <summary>Not <c>v1</c>, which is the application's.</summary>
    public const string Name = "realtimecollab";

    public static void AddDescription(this IServiceCollection services)
    {
        services.TryAddSingleton<WrittenDescription>();
        services.AddOpenApi(Name, Configure);
    }

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, WriteAsync).ExcludeFromDescription();

    private static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
        options.AddSchemaTransformer<ContractSchemas>();
        options.AddOperationTransformer<OperationDescriber>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            Complete(document);
            return Task.CompletedTask;
        });
    }

    private static async Task WriteAsync(HttpContext context, WrittenDescription written)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(await written.GetAsync(), context.RequestAborted);
    }

    private static void Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "RealtimeCollab", Version = "1", Description = "Documents over HTTP. The hubs, and what everything means, are in docs/protocol.md." };
        // wherever it is read, it speaks of the server that it was read from, also below a path of its own: relative to /openapi/v1.json
        document.Servers = [new OpenApiServer { Url = ".." }];
        document.Tags = null;
        document.AddComponent(OperationDescriber.Problem, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Problem details of RFC 9457 with a stable code.",
            Required = new HashSet<string>(StringComparer.Ordinal) { "code" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        });
        document.AddComponent(OperationDescriber.Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
    }
}
