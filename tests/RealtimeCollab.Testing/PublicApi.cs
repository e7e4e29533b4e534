using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RealtimeCollab.Testing;

/// <summary>What an assembly offers to others, a line for each type and member, in the order of their names: a text that a change shows in.</summary>
public static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Lists an assembly. Namespaces that end in <c>.Internal</c> promise nothing and are left out.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(type => type.Namespace?.EndsWith(".Internal", StringComparison.Ordinal) != true)
            .SelectMany(type => MembersOf(type).Prepend(Line(type)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static string Line(Type type)
    {
        IEnumerable<Type> bases = type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) && !typeof(Delegate).IsAssignableFrom(type) ? [parent] : [];
        var inherited = bases.Concat(type.IsEnum ? [Enum.GetUnderlyingType(type)] : OwnInterfaces(type)).Select(TypeNames.Of).ToList();
        return $"{TypeNames.Of(type)}: {Kind(type)}{(inherited.Count > 0 ? $" of {string.Join(", ", inherited)}" : "")}";
    }

    private static IEnumerable<Type> OwnInterfaces(Type type) =>
        type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(each => each.IsVisible).OrderBy(TypeNames.Of, StringComparer.Ordinal);

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static IEnumerable<string> MembersOf(Type type) => type.GetMembers(Declared)
        .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) || member is MethodBase)
        .Select(member => (Member: member, Text: Describe(member)))
        .Where(line => line.Text is not null)
        .Select(line => $"{TypeNames.Of(type)}.{line.Text}");

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsOffered(constructor) => $"new({Parameters(constructor)})",
        MethodInfo method when IsOffered(method) && !IsAccessor(method) && !method.Name.Contains('<', StringComparison.Ordinal) =>
            $"{method.Name}{TypeNames.ArgumentsOf(method)}({Parameters(method)}) -> {TypeNames.Of(method.ReturnParameter)}{Modifiers(method)}",
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && IsOffered(accessor) =>
            $"{property.Name}{Index(property)} {{{Accessors(property)} }} -> {TypeNames.Of(property)}{Modifiers(accessor)}{Required(property)}",
        EventInfo { AddMethod: { } add } raised when IsOffered(add) => $"{raised.Name}: event -> {TypeNames.Of(raised.EventHandlerType!)}{Modifiers(add)}",
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily =>
            $"{field.Name}{(field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "")} -> {TypeNames.Of(field)}",
        _ => null,
    };

    private static bool IsOffered(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? ", static" : method is { IsAbstract: true, DeclaringType.IsInterface: false } ? ", abstract" : method is { IsVirtual: true, IsFinal: false, DeclaringType: { IsSealed: false, IsInterface: false } } ? ", virtual" : "";

    private static string Required(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute)) ? ", required" : "";

    private static string Index(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(Parameter))}]" : "";

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsOffered(getter) ? " get;" : "";
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var set = property.SetMethod is { } setter && IsOffered(setter) ? isInit ? " init;" : " set;" : "";
        return get + set;
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var kind = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        return $"{kind}{TypeNames.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "")}";
    }

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
