using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Server.OpenApi;

/// <summary>
/// Schemas of what the contract writes in its own way, whatever the application's JSON options are: enums as camelCase strings, numbers as numbers, contents and
/// operations.
/// </summary>
internal sealed class ContractSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var isNullable = schema.Type?.HasFlag(JsonSchemaType.Null) == true;
        if (type.IsEnum)
        {
            schema.Type = OrNull(JsonSchemaType.String, isNullable);
            schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))];
        }
        else if (type == typeof(int) || type == typeof(long))
        {
            schema.Type = OrNull(JsonSchemaType.Integer, isNullable);
            schema.Pattern = null;
        }
        else if (type == typeof(DocumentContent))
        {
            schema.Description = "A string for plain text, an array of inserts for rich text.";
            schema.OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, AnyArray()];
        }
        else if (type == typeof(TextOperation))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = new OpenApiSchema();
            schema.Description = "Components, as docs/protocol.md has them.";
        }

        return Task.CompletedTask;
    }

    private static JsonSchemaType OrNull(JsonSchemaType type, bool isNullable) => isNullable ? type | JsonSchemaType.Null : type;

    private static OpenApiSchema AnyArray() => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema() };
}
