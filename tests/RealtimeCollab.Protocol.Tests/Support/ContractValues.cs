using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Protocol.Tests.Support;

/// <summary>Makes values of the contract by chance, any record of it with every member that can be absent now there and now not.</summary>
internal sealed class ContractValues(Random random)
{
    private static readonly string[] Texts = ["", "a", "notes", "漢字 and é", "😀", "\"quoted\" \\ \n \u0001", new('x', 300)];
    private static readonly long[] Numbers = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, 9_007_199_254_740_991];

    public object Make(Type type) => type switch
    {
        _ when type == typeof(string) => Pick(Texts),
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(int) => (int)Math.Min(int.MaxValue, Pick(Numbers)),
        _ when type == typeof(long) => Pick(Numbers),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(4_000_000_000_000)),
        _ when type == typeof(TextOperation) => MakeOperation(),
        _ when type == typeof(WireOperation) => new WireOperation(MakeOperation()),
        _ when type == typeof(Selection) => new Selection([.. Enumerable.Range(0, random.Next(3)).Select(_ => new SelectionRange(random.Next(9), random.Next(70_000)))]),
        _ when type == typeof(DocumentContent) => MakeContent(),
        _ when type.IsEnum => Pick(Enum.GetValues(type).Cast<object>().ToArray()),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => MakeList(type.GetGenericArguments()[0]),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => MakeMap(type.GetGenericArguments()[1]),
        { IsClass: true } when type.Namespace!.StartsWith("RealtimeCollab.Protocol", StringComparison.Ordinal) => MakeRecord(type),
        _ => throw new ArgumentException($"There is no rule for {type}.", nameof(type)),
    };

    /// <summary>The same JSON with the members of every object in an order by chance, and one that nobody knows among them.</summary>
    public JsonNode? Shuffle(JsonNode? node)
    {
        if (node is not JsonObject members)
            return node is JsonArray items ? new JsonArray([.. items.Select(Shuffle)]) : node?.DeepClone();
        var shuffled = members.Select(member => KeyValuePair.Create(member.Key, Shuffle(member.Value))).ToArray();
        random.Shuffle(shuffled);
        return new JsonObject(shuffled);
    }

    private object MakeRecord(Type type)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        var nullability = new NullabilityInfoContext();
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            var isOptional = Nullable.GetUnderlyingType(property.PropertyType) is not null || nullability.Create(property).ReadState == NullabilityState.Nullable;
            if (!isOptional || random.Next(2) == 0)
                property.SetValue(made, Make(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        }

        return made;
    }

    private Array MakeList(Type of)
    {
        var list = Array.CreateInstance(of, random.Next(4));
        for (var i = 0; i < list.Length; i++)
            list.SetValue(Make(of), i);
        return list;
    }

    private IDictionary MakeMap(Type of)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), of))!;
        for (var count = random.Next(4); count > 0; count--)
            map[$"key-{count}"] = Make(of);
        return map;
    }

    private TextOperation MakeOperation()
    {
        var builder = new OperationBuilder();
        for (var count = random.Next(6); count > 0; count--)
        {
            _ = random.Next(5) switch
            {
                0 => builder.Retain(random.Next(1, 100_000)),
                1 => builder.Retain(random.Next(1, 200), AttributeMap.Create(("bold", true), ("size", random.NextDouble()), ("link", AttributeValue.Null))),
                2 => builder.Insert(Pick(Texts)),
                3 => builder.InsertEmbed(Embed.Parse("""{"chart":{"rows":[1,2.5,null,"é"]}}"""), AttributeMap.Create(("font", Pick(Texts)), ("level", random.Next(70_000)))),
                _ => builder.Delete(random.Next(1, 300)),
            };
        }

        return builder.Build();
    }

    private DocumentContent MakeContent() => random.Next(2) == 0
        ? new DocumentContent(Document.FromText(Pick(Texts)), ContentType.Text)
        : new DocumentContent(ReadContent("""["plain ",{"insert":"bold","attributes":{"bold":true}},{"insert":{"image":"a.png"}}]"""), ContentType.RichText);

    private static Document ReadContent(string json)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
        reader.Read();
        return Document.ReadContent(ref reader);
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
