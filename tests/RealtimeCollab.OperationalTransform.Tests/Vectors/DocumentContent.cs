using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Vectors;

internal static class DocumentContent
{
    /// <summary>The content as canonical JSON, so that two documents can be compared and a difference be read.</summary>
    public static string ToJson(this Document document, ContentType form = ContentType.RichText)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            document.WriteContentTo(writer, form);

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void AssertEqual(Document expected, Document actual)
    {
        Assert.Equal(expected.ToJson(), actual.ToJson());
        Assert.Equal(expected.Length, actual.Length);
    }
}
