using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

internal static class UndoLaws
{
    public static IReadOnlyList<Law> All { get; } =
    [
        new("undo of everything restores the start", Alone),
        new("undo takes back only one's own", WithOthers),
    ];

    private static void Alone(Random random)
    {
        var draw = new RandomOperations(random, rich: true);
        var start = draw.Document(30);
        var undo = new UndoManager(TimeProvider.System, pause: random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromDays(1));
        var document = start;
        for (var edits = random.Next(12); edits > 0; edits--)
        {
            var edit = draw.Edit(document);
            undo.ApplyLocal(edit, document);
            document = document.Apply(edit);
        }

        var end = document;
        for (var rounds = 0; rounds < 2; rounds++)
        {
            while (undo.Undo(document) is { } step)
                document = document.Apply(step);

            DocumentContent.AssertEqual(start, document);
            while (undo.Redo(document) is { } step)
                document = document.Apply(step);

            DocumentContent.AssertEqual(end, document);
        }
    }

    /// <summary>Two users type different letters: when one has undone everything, only the start and the other's letters are left.</summary>
    private static void WithOthers(Random random)
    {
        var undo = new UndoManager(TimeProvider.System, pause: TimeSpan.Zero);
        var document = Document.FromText("....");
        var others = 0;
        for (var edits = random.Next(20); edits > 0; edits--)
        {
            var mine = random.Next(2) == 0;
            var edit = TextOperation.Replace(document.Length, random.Next(document.Length + 1), 0, mine ? "m" : "o");
            if (mine)
                undo.ApplyLocal(edit, document);
            else
                undo.ApplyRemote(edit);

            others += mine ? 0 : 1;
            document = document.Apply(edit);
        }

        while (undo.Undo(document) is { } step)
            document = document.Apply(step);

        Assert.Equal((4, others), (document.ToString().Count(static c => c == '.'), document.ToString().Count(static c => c == 'o')));
        Assert.Equal(4 + others, document.Length);
    }
}
