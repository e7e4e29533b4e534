using System.IO.Compression;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Vectors;

public sealed class TraceVectorTests
{
    [Theory]
    [InlineData("trace-automerge-paper.json.gz", 259_778)]
    [InlineData("trace-sveltecomponent.json.gz", 19_749)]
    public void Trace_EveryEdit_LeadsToTheEnd(string file, int edits)
    {
        using var trace = Read(file);
        var start = Document.FromText(trace.RootElement.GetProperty("startContent").GetString()!);
        var (document, builder, count) = (start, start.ToBuilder(), 0);
        foreach (var edit in trace.RootElement.GetProperty("edits").EnumerateArray())
        {
            var operation = TextOperation.Replace(document.Length, edit[0].GetInt32(), edit[1].GetInt32(), edit[2].GetString()!);
            document = document.Apply(operation);
            builder.Apply(operation);
            count++;
        }

        Assert.Equal(edits, count);
        var end = trace.RootElement.GetProperty("endContent").GetString();
        Assert.Equal(end, document.ToString());
        Assert.Equal(end, builder.ToDocument().ToString());
    }

    private static JsonDocument Read(string file)
    {
        using var stream = new GZipStream(File.OpenRead(VectorFile.PathOf(file)), CompressionMode.Decompress);
        return JsonDocument.Parse(stream);
    }
}
