using System.Text;
using System.Text.Json;
using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Docs;

/// <summary>Runs the lines of docs/algebra.md: a verb, JSON values, =>, JSON values.</summary>
internal static class AlgebraExamples
{
    public static void Run(string line)
    {
        var arrow = line.LastIndexOf(" => ", StringComparison.Ordinal);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (verb, given, expected) = (line[..space], Values(line[space..arrow]), Values(line[(arrow + 4)..]));
        switch (verb)
        {
            case "apply":
                DocumentContent.AssertEqual(Content(expected[0]), Content(given[0]).Apply(Operation(given[1])));
                break;
            case "compose":
                Assert.Equal(Operation(expected[0]), Operation(given[0]).Compose(Operation(given[1])));
                break;
            case "transform":
                Assert.Equal((Operation(expected[0]), Operation(expected[1])), TextOperation.Transform(Operation(given[0]), Operation(given[1])));
                break;
            case "invert":
                Assert.Equal(Operation(expected[0]), Operation(given[1]).Invert(Content(given[0])));
                break;
            case "move":
                Assert.Equal(int.Parse(expected[0], null), SelectionRange.TransformPosition(int.Parse(given[0], null), Operation(given[1])));
                break;
            case "read":
                Assert.Equal(Operation(expected[0]), TextOperation.Parse(Encoding.UTF8.GetBytes(given[0])));
                break;
            case "refuse":
                var refusal = Assert.Throws<OperationException>(() => Refused(given));
                Assert.Equal(expected[0].Trim('"'), refusal.Reason);
                break;
            default:
                Assert.Fail($"No such verb: {verb}");
                break;
        }
    }

    private static void Refused(List<string> given)
    {
        if (given is [var wire])
            TextOperation.Parse(Encoding.UTF8.GetBytes(wire));
        else
            Content(given[0]).Apply(Operation(given[1]));
    }

    private static TextOperation Operation(string json) => TextOperation.ParseArray(Encoding.UTF8.GetBytes(json));

    private static Document Content(string json) => Document.ParseContent(Encoding.UTF8.GetBytes(json));

    /// <summary>The JSON values of a text that holds several, as their own text.</summary>
    private static List<string> Values(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        var values = new List<string>();
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            values.Add(Encoding.UTF8.GetString(bytes[start..(int)reader.BytesConsumed]));
        }

        return values;
    }
}
