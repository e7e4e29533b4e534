using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.LoadTester.Tests.Clients;

public sealed class TypistTests
{
    [Fact]
    public void Edits_ComposedInAnyNumber_NeverComeToNothing()
    {
        var typist = new Typist(new Random(1));
        var content = Document.FromText("ab");
        var caret = new Selection(SelectionRange.Cursor(1));
        var composed = TextOperation.Noop(2);

        for (var number = 0; number < 500; number++)
        {
            var edit = typist.Next(content, caret);
            (composed, content, caret) = (composed.Compose(edit), content.Apply(edit), caret.Transform(edit));
            Assert.False(composed.IsNoop);
        }
    }

    [Fact]
    public void Document_ThatIsLong_GrowsNoMore()
    {
        var typist = new Typist(new Random(1));
        var content = Document.FromText(Typist.Text(Typist.LongDocument));

        for (var number = 0; number < 3000; number++)
        {
            content = content.Apply(typist.Next(content, selection: null));
            Assert.True(content.Length <= Typist.LongDocument + 1);
        }
    }

    [Fact]
    public void SameChances_TypeTheSame()
    {
        static string Type(int seed)
        {
            var typist = new Typist(new Random(seed));
            var content = Document.Empty;
            for (var number = 0; number < 50; number++)
                content = content.Apply(typist.Next(content, selection: null));
            return content.ToString();
        }

        Assert.Equal(Type(1), Type(1));
        Assert.NotEqual(Type(1), Type(2));
    }
}
