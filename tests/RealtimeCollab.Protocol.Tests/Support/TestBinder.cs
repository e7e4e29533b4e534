using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Protocol.Tests.Support;

/// <summary>Knows the methods and callbacks of the contract; any other method takes <see cref="Arguments"/> values of any shape.</summary>
internal sealed class TestBinder : IInvocationBinder
{
    private static readonly Dictionary<string, MethodInfo> Contract =
        MethodsOf(typeof(IDocumentHub), typeof(IDocumentClient)).ToDictionary(method => method.Name, StringComparer.Ordinal);

    /// <summary>How many arguments a method has that is not of the contract.</summary>
    public int Arguments { get; init; } = 1;

    /// <summary>What a result is read as.</summary>
    public Type ReturnType { get; init; } = typeof(JsonElement);

    /// <summary>What the items of streams are read as.</summary>
    public Type ItemType { get; init; } = typeof(JsonElement);

    /// <summary>All types that are an argument or a result of a hub or a callback.</summary>
    public static IReadOnlyList<Type> ContractTypes { get; } =
    [
        .. MethodsOf([.. typeof(IDocumentHub).Assembly.GetExportedTypes().Where(type => type.IsInterface)])
            .Where(method => method.ReturnType.IsAssignableTo(typeof(Task)))
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Concat(method.ReturnType.GetGenericArguments()))
            .Distinct(),
    ];

    /// <summary>The type of a method's result; null if it has none.</summary>
    public static Type? ResultOf(string method) =>
        Contract[method].ReturnType is { IsGenericType: true } task ? task.GetGenericArguments()[0] : null;

    public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
        Contract.TryGetValue(methodName, out var method)
            ? [.. method.GetParameters().Select(parameter => parameter.ParameterType)]
            : [.. Enumerable.Repeat(typeof(JsonElement), Arguments)];

    public Type GetReturnType(string invocationId) =>
        invocationId == "forgotten" ? throw new KeyNotFoundException() : ReturnType;

    public Type GetStreamItemType(string streamId) => ItemType;

    private static IEnumerable<MethodInfo> MethodsOf(params IReadOnlyList<Type> interfaces) =>
        interfaces.Concat(interfaces.SelectMany(type => type.GetInterfaces())).Distinct().SelectMany(type => type.GetMethods());
}
