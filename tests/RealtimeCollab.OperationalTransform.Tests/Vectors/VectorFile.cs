using System.Text;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Vectors;

/// <summary>The files under vectors, whose README gives the fields and the rules.</summary>
internal static class VectorFile
{
    /// <summary>Every row of a file, or those of one kind, with a failure that names the row.</summary>
    public static void ForEach(string file, string? kind, int expectedRows, Action<JsonElement> check)
    {
        var rows = 0;
        foreach (var line in File.ReadLines(PathOf(file), Encoding.UTF8))
        {
            using var row = JsonDocument.Parse(line);
            if (kind is not null && Kind(row.RootElement) != kind)
                continue;

            rows++;
            try
            {
                check(row.RootElement);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{file}, row {row.RootElement.GetProperty("id")}: {exception.Message}\n{Shorten(line)}", exception);
            }
        }

        Assert.Equal(expectedRows, rows);
    }

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "vectors", file);

    public static byte[] Utf8(this JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());

    public static TextOperation Operation(this JsonElement row, string name) => TextOperation.ParseArray(row.GetProperty(name).Utf8());

    public static Document Document(this JsonElement row, string name) => OperationalTransform.Document.ParseContent(row.GetProperty(name).Utf8());

    private static string? Kind(JsonElement row) => row.TryGetProperty("kind", out var kind) ? kind.GetString() : null;

    private static string Shorten(string line) => line.Length < 2000 ? line : line[..2000] + "...";
}
