using System.Text;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Tests.Simulation.Checks;

namespace RealtimeCollab.Sessions.Tests.Simulation.Client;

/// <summary>Makes edits as people make them: keys, words over words, deletions, formats, and now and then a paste too large for one operation.</summary>
internal sealed class Typist(Random random, ContentType contentType)
{
    private const int PasteLength = 400;
    private static readonly string[] Alphabet = ["a", "b", " ", "\n", "é", "😀"];
    private static readonly Embed Picture = Embed.Parse("""{"image":"a.png"}""");

    /// <summary>An edit whose insert begins with a letter of its own.</summary>
    public TextOperation Edit(Document document, char mark)
    {
        var text = document.ToString();
        var start = WholeLength(text, 0, random.Next(text.Length + 1));
        var kind = random.Next(contentType == ContentType.RichText ? 10 : 8);
        var length = kind < 4 ? 0 : WholeLength(text, start, random.Next(1, 9));
        var builder = new OperationBuilder().Retain(start);
        if (kind >= 8)
            builder.Retain(length, Format(mayRemove: true));
        else
            builder.Delete(length);
        if (kind < 6)
            Insert(builder, mark + Words(random.Next(4)));

        return builder.Retain(text.Length - start - length).Build();
    }

    public TextOperation Paste(Document document, char mark)
    {
        var start = WholeLength(document.ToString(), 0, random.Next(document.Length + 1));
        return TextOperation.Replace(document.Length, start, 0, mark + Words(random.Next(PasteLength)));
    }

    public Selection Select(Document document) =>
        new(SelectionRange.Cursor(random.Next(document.Length + 1)), new SelectionRange(random.Next(document.Length + 1), random.Next(document.Length + 1)));

    private void Insert(OperationBuilder builder, string text)
    {
        if (contentType == ContentType.Text)
        {
            builder.Insert(text);
            return;
        }

        builder.Insert(text, random.Next(3) == 0 ? Format(mayRemove: false) : null);
        if (random.Next(6) == 0)
            builder.InsertEmbed(Picture);
    }

    private string Words(int count)
    {
        var words = new StringBuilder();
        for (var i = 0; i < count; i++)
            words.Append(Alphabet[random.Next(Alphabet.Length)]);
        return words.ToString();
    }

    private AttributeMap Format(bool mayRemove) => random.Next(mayRemove ? 3 : 2) switch
    {
        0 => AttributeMap.Create(("bold", true)),
        1 => AttributeMap.Create(("color", random.Next(2) == 0 ? "red" : "blue")),
        _ => AttributeMap.Create(("bold", AttributeValue.Null)),
    };

    /// <summary>A length as near as can be that ends inside no surrogate pair.</summary>
    private static int WholeLength(string text, int start, int length)
    {
        var end = Math.Min(start + length, text.Length);
        return (end < text.Length && end > 0 && char.IsHighSurrogate(text[end - 1]) ? end + 1 : end) - start;
    }
}
