using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

internal static class UndoLaws
{
    public static IReadOnlyList<Law> All { get; } =
    [
        new("undo of everything restores the start", Alone),
        new("undo takes back only one's own", WithOthers),
        new("undo brings back what one deleted, and nothing that others deleted", WithDeletions),
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

    /// <summary>
    /// Every letter is one of its own. After everything was undone, at whatever moments of the others' typing, the text has the letters of the start and of
    /// the others, but for those that others deleted; redone, also one's own, but for those that oneself or others deleted.
    /// </summary>
    private static void WithDeletions(Random random)
    {
        var undo = new UndoManager(TimeProvider.System, pause: random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromDays(1), limit: 1_000);
        var next = '\u4e00';
        string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => next++));
        var document = Document.FromText(Letters(20));
        var (kept, mine) = (document.ToString().ToHashSet(), new HashSet<char>());
        var (taken, removed) = (new HashSet<char>(), new HashSet<char>());
        for (var edits = random.Next(60); edits > 0; edits--)
        {
            var isMine = random.Next(3) == 0;
            var position = random.Next(document.Length + 1);
            var length = random.Next(3) == 0 ? random.Next(Math.Min(6, document.Length - position) + 1) : 0;
            var (gone, text) = (document.GetText(position, length), Letters(random.Next(3)));
            var edit = TextOperation.Replace(document.Length, position, length, text);
            (isMine ? mine : kept).UnionWith(text);
            (isMine ? taken : removed).UnionWith(gone);
            if (isMine)
                undo.ApplyLocal(edit, document);
            else
                undo.ApplyRemote(edit);
            document = document.Apply(edit);
            if (random.Next(8) == 0)
                _ = undo.CanUndo; // to look is to carry the top step on
        }

        while (undo.Undo(document) is { } step)
            document = document.Apply(step);
        Assert.Equal(kept.Except(removed).Order(), document.ToString().Order());

        while (undo.Redo(document) is { } step)
            document = document.Apply(step);
        Assert.Equal(kept.Union(mine).Except(removed).Except(taken).Order(), document.ToString().Order());
    }
}
