using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeCollab.OperationalTransform;

/// <content>Reading and writing JSON.</content>
public sealed partial class TextOperation
{
    /// <summary>
    /// Reads an operation in any documented form: an array of components, <c>{"ops": [...]}</c>, a positional object, or an array of these to be composed.
    /// It may end early: <see cref="CompleteTo"/> brings it to the length of its document.
    /// </summary>
    /// <param name="utf8Json">One JSON value.</param>
    /// <exception cref="OperationException">It cannot be read; the reason says why.</exception>
    public static TextOperation Parse(ReadOnlySpan<byte> utf8Json) => JsonInput.Parse(utf8Json, OperationFormsReader.Read);

    /// <summary>Reads the array form only, which is what <see cref="WriteTo"/> writes and logs and messages hold.</summary>
    /// <param name="utf8Json">One JSON value.</param>
    /// <exception cref="OperationException">It cannot be read; the reason says why.</exception>
    public static TextOperation ParseArray(ReadOnlySpan<byte> utf8Json) => JsonInput.Parse(utf8Json, OperationReader.Read);

    /// <summary>Reads the array form only, inside something larger.</summary>
    /// <param name="reader">Stands on the first token of the value, or before everything; afterwards on the last token of the value.</param>
    /// <exception cref="OperationException">It cannot be read; the reason says why.</exception>
    public static TextOperation Read(ref Utf8JsonReader reader) => JsonInput.Read(ref reader, OperationReader.Read);

    /// <summary>Reads an operation in any documented form, as <see cref="Parse"/> does, inside something larger.</summary>
    /// <param name="reader">Stands on the first token of the value, or before everything; afterwards on the last token of the value.</param>
    /// <exception cref="OperationException">It cannot be read; the reason says why.</exception>
    public static TextOperation ReadAnyForm(ref Utf8JsonReader reader) => JsonInput.Read(ref reader, OperationFormsReader.Read);

    /// <summary>Writes the canonical array form.</summary>
    /// <param name="writer">Where to; its encoder decides about escapes.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        OperationJsonWriter.Write(writer, this);
    }

    /// <summary>The canonical array form as UTF-8, with as few escapes as System.Text.Json allows.</summary>
    public byte[] ToUtf8Json()
    {
        using var buffer = new PooledJsonBuffer();
        OperationJsonWriter.Write(buffer.Writer, this);
        return buffer.ToArray();
    }

    /// <summary>How many bytes <see cref="ToUtf8Json"/> has.</summary>
    public int GetUtf8JsonLength()
    {
        using var buffer = new PooledJsonBuffer();
        OperationJsonWriter.Write(buffer.Writer, this);
        return buffer.Length;
    }

    /// <summary>The canonical array form. Holds document text: not for logs.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8Json());
}

/// <summary>Lets contracts of System.Text.Json hold operations, in the array form.</summary>
internal sealed class TextOperationJsonConverter : JsonConverter<TextOperation>
{
    public override bool HandleNull => false;

    public override TextOperation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TextOperation.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, TextOperation value, JsonSerializerOptions options) => value.WriteTo(writer);
}
