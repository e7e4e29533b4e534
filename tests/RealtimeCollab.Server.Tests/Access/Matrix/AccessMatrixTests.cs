using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace RealtimeCollab.Server.Tests.Access.Matrix;

/// <summary>docs/security.md says who may do what, and this is so: each cell of its table is tried on a real server.</summary>
public sealed class AccessMatrixTests(AccessMatrixApp app) : IClassFixture<AccessMatrixApp>
{
    private const string HowToAdd =
        "docs/security.md has a table of all hub methods and addresses. Add a row there; where the call needs more than the ids of the scene, add what it sends to AccessCalls.";

    public static TheoryData<string> Calls => [.. AccessTable.Rows.Select(row => row.Call)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ByEachCaller_IsAnsweredAsTheTableSays(string call)
    {
        var row = AccessTable.Rows.Single(row => row.Call == call);
        var scene = await app.MakeSceneAsync();
        var answers = new List<(string Caller, string Answer)>();
        foreach (var (caller, _) in row.Cells)
            answers.Add((caller, await app.AskAsync(call, caller, scene)));
        Assert.True(row.Cells.SequenceEqual(answers), $"{call} is answered\n  {Show(answers)}\nand the table says\n  {Show(row.Cells)}\n{HowToAdd}");
    }

    [Fact]
    public void Table_HasARowForEachHubMethodAndAddress_AndNoOther()
    {
        var endpoints = app.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var hubs = endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType).OfType<Type>().Distinct();
        var mapped = hubs.SelectMany(MethodsOf).Concat(endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<HubMetadata>() is null).SelectMany(AddressesOf));
        var written = AccessTable.Rows.Select(row => row.Call).ToList();

        Assert.Equal(written.Count, written.Distinct(StringComparer.Ordinal).Count());
        var missing = mapped.Distinct(StringComparer.Ordinal).Except(written, StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"Without a row: {string.Join(", ", missing)}. {HowToAdd}");
        var unknown = written.Except(mapped, StringComparer.Ordinal).ToList();
        Assert.True(unknown.Count == 0, $"Rows of what does not exist: {string.Join(", ", unknown)}.");
    }

    [Fact]
    public void Table_HasACellForEachKindOfCaller() => Assert.All(AccessTable.Rows, row => Assert.Equal(
        ["no token", "expired", "wrong audience", "wrong key", "none", "viewer", "commenter", "editor", "admin", "owner"], row.Cells.Select(cell => cell.Caller)));

    private static string Show(IEnumerable<(string Caller, string Answer)> cells) => string.Join(", ", cells.Select(cell => $"{cell.Caller}: {cell.Answer}"));

    /// <summary>What a client can call: SignalR takes the public methods that the hub's classes declare.</summary>
    private static IEnumerable<string> MethodsOf(Type hub) => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType is { } declaring && !declaring.IsAssignableFrom(typeof(Hub)))
        .Where(method => method.GetBaseDefinition().DeclaringType != typeof(object))
        .Select(method => $"{hub.Name}.{method.Name}");

    private static IEnumerable<string> AddressesOf(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}");
}
