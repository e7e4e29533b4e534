using Microsoft.AspNetCore.Http;

namespace RealtimeCollab.Server.OpenApi;

/// <summary>What an address of the API takes and gives, for its description; the handlers read and write the contract's JSON themselves.</summary>
/// <param name="Id">Names the call in generated clients; empty: made from the address.</param>
/// <param name="Summary">A sentence.</param>
internal sealed record ApiOperation(string Id, string Summary)
{
    /// <summary>The type of the body; null: none.</summary>
    public Type? Body { get; init; }

    /// <summary>The body's form; text is a body of its own and has no <see cref="Body"/>.</summary>
    public string? BodyMediaType { get; init; }

    /// <summary>The type of the answer; null: it has none, or it is text.</summary>
    public Type? Answer { get; init; }

    /// <summary>The forms of the answer; none: no content.</summary>
    public IReadOnlyList<string> AnswerMediaTypes { get; init; } = [];

    /// <summary>The statuses of success.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [StatusCodes.Status200OK];

    public static ApiOperation Undescribed { get; } = new("", "") { AnswerMediaTypes = ["application/json"] };
}
