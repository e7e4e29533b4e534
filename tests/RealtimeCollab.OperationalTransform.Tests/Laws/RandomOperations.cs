using System.Text;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>Draws documents and operations from a seeded source: short alphabets, so that edits meet; pairs, line feeds, attributes and embeds among them.</summary>
internal sealed class RandomOperations(Random random, bool rich)
{
    private static readonly string[] Alphabet = ["a", "b", "c", "d", "e", " ", "\n", "\r\n", "é", "漢", "😀", "🚀", "\uFFFC", "\0"];
    private static readonly string[] Names = ["bold", "color", "constructor"];
    private static readonly string[] Embeds = ["""{"image":"a.png"}""", """{"image":"b.png"}""", """{"mention":{"id":7,"name":"Ann"}}"""];

    public Random Random => random;

    public string Text(int maxPoints)
    {
        var text = new StringBuilder();
        for (var points = random.Next(1, maxPoints + 1); points > 0; points--)
            text.Append(Alphabet[random.Next(Alphabet.Length)]);

        return text.ToString();
    }

    /// <summary>A document of about so many code points, perhaps none.</summary>
    public Document Document(int maxPoints)
    {
        var builder = new OperationBuilder();
        for (var pieces = random.Next(4); pieces > 0; pieces--)
            Insert(builder, Math.Max(1, maxPoints / 3));

        return OperationalTransform.Document.Empty.Apply(builder.Build());
    }

    /// <summary>An operation on a document, cutting no pair; every kind of component may follow every other.</summary>
    public TextOperation Operation(Document document, int maxComponent = 12)
    {
        var text = document.ToString();
        var builder = new OperationBuilder();
        for (var position = 0; position < text.Length;)
        {
            var length = WholeLength(text, position, random.Next(1, maxComponent + 1));
            switch (random.Next(rich ? 5 : 4))
            {
                case 2:
                    Insert(builder, 6);
                    break;
                case 1:
                    builder.Delete(length);
                    position += length;
                    break;
                case 4:
                    builder.Retain(length, Attributes(withNull: true));
                    position += length;
                    break;
                default:
                    builder.Retain(length);
                    position += length;
                    break;
            }
        }

        if (random.Next(3) == 1)
            Insert(builder, 6);

        return builder.Build();
    }

    /// <summary>One edit as editors make them: a key, a paste, a deletion, a format.</summary>
    public TextOperation Edit(Document document, int maxText = 4)
    {
        var text = document.ToString();
        var position = WholeLength(text, 0, random.Next(text.Length + 1));
        var builder = new OperationBuilder().Retain(position);
        var kind = random.Next(rich ? 4 : 3);
        var length = kind == 0 ? 0 : WholeLength(text, position, random.Next(1, 9));
        if (kind == 3)
            builder.Retain(length, Attributes(withNull: true));
        else
            builder.Delete(length);
        if (kind is 0 or 1)
            Insert(builder, maxText);

        return builder.Retain(text.Length - position - length).Build();
    }

    public Selection Selection(int documentLength)
    {
        var ranges = new SelectionRange[random.Next(4)];
        for (var i = 0; i < ranges.Length; i++)
            ranges[i] = new SelectionRange(random.Next(documentLength + 1), random.Next(documentLength + 1));

        return new Selection([.. ranges]);
    }

    private void Insert(OperationBuilder builder, int maxPoints)
    {
        var attributes = rich && random.Next(3) == 0 ? Attributes(withNull: false) : null;
        if (rich && random.Next(4) == 0)
            builder.InsertEmbed(Embed.Parse(Embeds[random.Next(Embeds.Length)]), attributes);
        else
            builder.Insert(Text(maxPoints), attributes);
    }

    private AttributeMap Attributes(bool withNull)
    {
        var entries = new List<(string, AttributeValue)>();
        foreach (var name in Names)
        {
            if (random.Next(2) == 0)
                entries.Add((name, Value(withNull)));
        }

        return AttributeMap.Create([.. entries]);
    }

    private AttributeValue Value(bool withNull) => random.Next(withNull ? 5 : 4) switch
    {
        0 => true,
        1 => false,
        2 => random.Next(2),
        3 => "red",
        _ => AttributeValue.Null,
    };

    /// <summary>A length as near as can be that ends on no pair.</summary>
    private static int WholeLength(string text, int position, int length)
    {
        length = Math.Min(length, text.Length - position);
        return Surrogates.IsCut(text, position + length) ? length + 1 : length;
    }
}
