using RealtimeCollab.OperationalTransform.Tests.Vectors;
using RealtimeCollab.Testing;

namespace RealtimeCollab.OperationalTransform.Tests.Client;

public sealed class UndoManagerTests
{
    private readonly ManualTime _time = new();
    private readonly UndoManager _undo;
    private Document _document = Document.FromText("one two");

    public UndoManagerTests() => _undo = new UndoManager(_time);

    [Fact]
    public void Undo_AfterTypingWithoutAPause_TakesTheWholeWordBack()
    {
        Edit(7, 0, "!");
        Edit(8, 0, "?");
        Undo();
        Assert.Equal("one two", _document.ToString());
        Assert.False(_undo.CanUndo);
        Redo();
        Assert.Equal("one two!?", _document.ToString());
    }

    [Fact]
    public void ApplyRemote_OfWhatDoesNotFit_IsRefusedAndChangesNothing()
    {
        Edit(7, 0, "!");
        var other = TextOperation.Replace(8, 0, 0, ">");
        _undo.ApplyRemote(other);
        _document = _document.Apply(other);

        var refusal = Assert.Throws<OperationException>(() => _undo.ApplyRemote(other));

        Assert.Equal(OperationReason.BaseLength, refusal.Reason);
        Undo();
        Assert.Equal(">one two", _document.ToString());
    }

    [Fact]
    public void Undo_AfterAPause_TakesTheLastStepBack()
    {
        Edit(7, 0, "!");
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Edit(8, 0, "?");
        Undo();
        Assert.Equal("one two!", _document.ToString());
    }

    [Fact]
    public void Undo_TypingElsewhere_IsAnotherStep()
    {
        Edit(7, 0, "!");
        Edit(0, 0, "?");
        Undo();
        Assert.Equal("one two!", _document.ToString());
    }

    [Fact]
    public void Undo_DeletingAfterTyping_IsAnotherStep()
    {
        Edit(7, 0, "!");
        Edit(7, 1, string.Empty);
        Undo();
        Assert.Equal("one two!", _document.ToString());
    }

    [Fact]
    public void Undo_BackspaceAndDelete_JoinIntoOneStep()
    {
        Edit(5, 1, string.Empty);
        Edit(4, 1, string.Empty);
        Edit(4, 1, string.Empty);
        Assert.Equal("one ", _document.ToString());
        Undo();
        Assert.Equal("one two", _document.ToString());
    }

    [Fact]
    public void Undo_EndedStep_IsNotGoneOnWith()
    {
        Edit(7, 0, "!");
        _undo.EndStep();
        Edit(8, 0, "?");
        Undo();
        Assert.Equal("one two!", _document.ToString());
    }

    [Fact]
    public void Undo_OthersTypedMeanwhile_LeavesTheirs()
    {
        Edit(3, 0, " and a half");
        Remote(0, 0, "<");
        Remote(_document.Length, 0, ">");
        Remote(8, 0, "+");
        Undo();
        Assert.Equal("<one+ two>", _document.ToString());
        Redo();
        Assert.Equal("<one and a half+ two>".Length, _document.Length);
    }

    [Fact]
    public void Undo_OthersTypedBetween_TypingGoesOnAsOneStep()
    {
        Edit(7, 0, "!");
        Remote(0, 0, "<<");
        Edit(10, 0, "?");
        Undo();
        Assert.Equal("<<one two", _document.ToString());
    }

    [Fact]
    public void Undo_OthersDeletedIt_SkipsTheStep()
    {
        Edit(0, 0, "A");
        _undo.EndStep();
        Edit(8, 0, "B");
        Remote(8, 1, string.Empty);
        Undo();
        Assert.Equal("one two", _document.ToString());
        Assert.False(_undo.CanUndo);
    }

    [Fact]
    public void Undo_OfAFormat_LeavesAnothersFormat()
    {
        Local(new OperationBuilder().Retain(3, AttributeMap.Create(("bold", true))).Retain(4).Build());
        var italic = new OperationBuilder().Retain(3, AttributeMap.Create(("italic", true))).Retain(4).Build();
        _undo.ApplyRemote(italic);
        _document = _document.Apply(italic);
        Undo();
        Assert.Equal("""[{"insert":"one","attributes":{"italic":true}}," two"]""", _document.ToJson());
    }

    [Fact]
    public void ApplyLocal_AfterAnUndo_ForgetsTheRedo()
    {
        Edit(7, 0, "!");
        Undo();
        Assert.True(_undo.CanRedo);
        Edit(0, 0, "x");
        Assert.False(_undo.CanRedo);
    }

    [Fact]
    public void ApplyLocal_BeyondTheLimit_DropsTheOldest()
    {
        var undo = new UndoManager(_time, limit: 2);
        foreach (var position in new[] { 0, 5, 2 })
        {
            var edit = TextOperation.Replace(_document.Length, position, 0, "x");
            undo.ApplyLocal(edit, _document);
            _document = _document.Apply(edit);
        }

        for (var steps = 0; steps < 2; steps++)
            _document = _document.Apply(undo.Undo(_document)!);

        Assert.Null(undo.Undo(_document));
        Assert.Equal("xone two", _document.ToString());
    }

    private void Edit(int position, int deleted, string inserted) => Local(TextOperation.Replace(_document.Length, position, deleted, inserted));

    private void Local(TextOperation edit)
    {
        _undo.ApplyLocal(edit, _document);
        _document = _document.Apply(edit);
    }

    private void Remote(int position, int deleted, string inserted)
    {
        var edit = TextOperation.Replace(_document.Length, position, deleted, inserted);
        _undo.ApplyRemote(edit);
        _document = _document.Apply(edit);
    }

    private void Undo() => _document = _document.Apply(_undo.Undo(_document)!);

    private void Redo() => _document = _document.Apply(_undo.Redo(_document)!);
}
