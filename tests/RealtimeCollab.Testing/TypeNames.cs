using System.Reflection;

namespace RealtimeCollab.Testing;

/// <summary>Names of types as C# writes them, with <c>?</c> where null may be.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(double)] = "double",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Type type) => Name(type, nullability: null);

    public static string Of(ParameterInfo parameter) => Name(parameter.ParameterType, Nullability.Create(parameter));

    public static string Of(PropertyInfo property) => Name(property.PropertyType, Nullability.Create(property));

    public static string Of(FieldInfo field) => Name(field.FieldType, Nullability.Create(field));

    public static string ArgumentsOf(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value, nullability: null)}?";

        var mark = !type.IsValueType && (nullability?.ReadState ?? NullabilityState.NotNull) == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword + mark;
        if (type.IsGenericParameter)
            return type.Name + mark;

        return FullName(type, nullability) + mark;
    }

    private static string FullName(Type type, NullabilityInfo? nullability)
    {
        var outer = type.DeclaringType is { } declaring ? $"{FullName(declaring, nullability: null)}." : IsOurs(type) ? $"{type.Namespace}." : "";
        var arguments = type.GetGenericArguments();
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
            return outer + type.Name;

        var names = arguments.Select((argument, i) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
        return $"{outer}{type.Name[..tick]}<{string.Join(", ", names)}>";
    }

    /// <summary>Types of others are known by their short names.</summary>
    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("RealtimeCollab", StringComparison.Ordinal) == true;
}
