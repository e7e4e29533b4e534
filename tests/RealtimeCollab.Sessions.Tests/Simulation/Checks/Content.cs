using System.Buffers;
using System.Text.Json;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Tests.Simulation.Checks;

/// <summary>Compares documents by what they hold, formatting and embeds included.</summary>
internal static class Content
{
    public static bool AreEqual(Document one, Document other)
    {
        if (ReferenceEquals(one, other))
            return true;
        if (one.Length != other.Length || one.ToString() != other.ToString())
            return false;
        return !(one.IsRich || other.IsRich) || Json(one).SequenceEqual(Json(other));
    }

    private static ReadOnlySpan<byte> Json(Document document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        document.WriteContentTo(writer, ContentType.RichText);
        writer.Flush();
        return buffer.WrittenSpan;
    }
}
