using System.Text;
using System.Text.Json;
using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

internal static class WireLaws
{
    private static readonly string[] Fragments =
    [
        "[", "]", "{", "}", ",", ":", "\"", "1", "-1", "0", "5.0", "2e1", "1e400", "1.5", "2147483647", "-2147483648", "4294967299", "\"a\"", "\"\"",
        "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\ude00\"", "\"retain\":", "\"insert\":", "\"delete\":", "\"attributes\":", "\"ops\":", "\"type\":",
        "\"position\":", "\"content\":", "\"length\":", "\"insert\"", "\"format\"", "\"ranges\":", "\"anchor\":", "\"\\u0072etain\":", "\"\\ud800\":",
        "\"__proto__\":", "{\"bold\":true}", "{\"image\":\"x\"}", "{\"a\":{\"b\":[1,{\"c\":null}]}}", "null", "true", " ", "\u0000", "[[", "]]", "//",
    ];

    public static IReadOnlyList<Law> All { get; } =
    [
        new("JSON round trip", RoundTrip),
        new("garbage is refused with a reason", Garbage),
        new("a damaged operation is refused or read", Damage),
        new("a list composes in turn", Lists),
    ];

    private static void RoundTrip(Random random)
    {
        var draw = new RandomOperations(random, rich: true);
        var document = draw.Document(40);
        var operation = draw.Operation(document);
        var json = operation.ToUtf8Json();
        Assert.Equal(json.Length, operation.GetUtf8JsonLength());
        Assert.Equal(operation, TextOperation.ParseArray(json));
        Assert.Equal(operation, TextOperation.Parse(json));
        Assert.Equal(operation, TextOperation.Parse([.. "{\"ops\":"u8, .. json, (byte)'}']));
        Assert.Equal(operation, JsonSerializer.Deserialize<TextOperation>(JsonSerializer.Serialize(operation)));
        Assert.Equal(json, TextOperation.ParseArray(json).ToUtf8Json());
        DocumentContent.AssertEqual(document, Document.ParseContent(Encoding.UTF8.GetBytes(document.ToJson())));

        var selection = draw.Selection(document.Length);
        Assert.Equal(selection, JsonSerializer.Deserialize<Selection>(JsonSerializer.Serialize(selection)));
    }

    private static void Garbage(Random random)
    {
        var text = new StringBuilder();
        for (var pieces = random.Next(40); pieces > 0; pieces--)
            text.Append(Fragments[random.Next(Fragments.Length)]);

        ReadAll(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Damage(Random random)
    {
        var draw = new RandomOperations(random, rich: true);
        var json = draw.Operation(draw.Document(20)).ToUtf8Json();
        for (var damages = random.Next(1, 4); damages > 0; damages--)
            json[random.Next(json.Length)] = (byte)random.Next(256);

        ReadAll(json);
    }

    /// <summary>Reads bytes as everything that is read from outside; what is read can be written and read again, the rest has a reason.</summary>
    private static void ReadAll(byte[] json)
    {
        Assert.Equal(
            Attempt(json, static bytes => TextOperation.ParseArray(bytes)),
            Attempt(json, static bytes => JsonSerializer.Deserialize<TextOperation>(bytes)));
        if (Attempt(json, static bytes => TextOperation.Parse(bytes)) is { } operation)
            Assert.Equal(operation, TextOperation.ParseArray(operation.ToUtf8Json()));

        Attempt(json, static bytes => Document.ParseContent(bytes));
        Attempt(json, static bytes => Selection.Parse(bytes));
        Attempt(json, static bytes => Embed.Parse(bytes));
    }

    private static T? Attempt<T>(byte[] json, Func<byte[], T?> read)
        where T : class
    {
        try
        {
            return read(json);
        }
        catch (OperationException refusal)
        {
            Assert.NotEmpty(refusal.Reason);
            return null;
        }
        catch (JsonException)
        {
            return null; // the serializer's own answer, before it asks the converter
        }
    }

    private static void Lists(Random random)
    {
        var draw = new RandomOperations(random, rich: true);
        var start = draw.Document(20);
        var (document, list) = (start, new List<string>());
        for (var operations = random.Next(1, 6); operations > 0; operations--)
        {
            var operation = draw.Operation(document);
            document = document.Apply(operation);
            list.Add(operation.ToString());
        }

        var composed = TextOperation.Parse(Encoding.UTF8.GetBytes($"[{string.Join(',', list)}]"));
        DocumentContent.AssertEqual(document, start.Apply(composed));
    }
}
