using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Tests.Client;

internal static class RandomEdits
{
    /// <summary>Inserts one to three letters somewhere, now and then in place of up to four others; never a noop.</summary>
    public static TextOperation Next(Document content, Random random)
    {
        var position = random.Next(content.Length + 1);
        var deleted = random.Next(4) == 0 ? random.Next(Math.Min(5, content.Length - position) + 1) : 0;
        return TextOperation.Replace(content.Length, position, deleted, new string((char)('a' + random.Next(26)), random.Next(1, 4)));
    }
}
