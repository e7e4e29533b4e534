namespace RealtimeCollab.OperationalTransform.Tests.Operations;

public sealed class TextOperationTests
{
    [Fact]
    public void CompleteTo_LongerDocument_KeepsTheRest()
    {
        Assert.Equal("""[2,"x",8]""", TextOperation.Parse("""[2,"x"]"""u8).CompleteTo(10).ToString());
        Assert.Equal("""[2,"x",8]""", TextOperation.Parse("""[2,"x",3]"""u8).CompleteTo(10).ToString());
        Assert.Equal("[10]", TextOperation.Noop(0).CompleteTo(10).ToString());
    }

    [Fact]
    public void CompleteTo_ShorterDocument_IsRefused() =>
        Refused(OperationReason.BaseLength, static () => TextOperation.Noop(3).CompleteTo(2));

    [Fact]
    public void Replace_AtEachPlace_IsWhatTheBuilderMakes()
    {
        Assert.Equal(new OperationBuilder().Retain(2).Insert("ab").Delete(3).Retain(5).Build(), TextOperation.Replace(10, 2, 3, "ab"));
        Assert.Equal(new OperationBuilder().Insert("ab").Retain(10).Build(), TextOperation.Replace(10, 0, 0, "ab"));
        Assert.Equal(new OperationBuilder().Retain(8).Delete(2).Build(), TextOperation.Replace(10, 8, 2, string.Empty));
        Assert.Equal(TextOperation.Noop(10), TextOperation.Replace(10, 4, 0, string.Empty));
        Assert.Same(TextOperation.Noop(0), TextOperation.Replace(0, 0, 0, string.Empty));
    }

    [Theory]
    [InlineData(3, 2, 2)]
    [InlineData(3, -1, 1)]
    [InlineData(3, 1, -1)]
    [InlineData(3, int.MaxValue, int.MaxValue)]
    public void Replace_OutsideTheDocument_IsRefused(int length, int position, int deleted) =>
        Refused(OperationReason.BaseLength, () => TextOperation.Replace(length, position, deleted, "x"));

    [Fact]
    public void Builder_BadParts_AreRefused()
    {
        Refused(OperationReason.NegativeRetain, static () => new OperationBuilder().Retain(-1));
        Refused(OperationReason.NegativeDelete, static () => new OperationBuilder().Delete(int.MinValue));
        Refused(OperationReason.LoneSurrogate, static () => new OperationBuilder().Insert("a\uD83D"));
        Refused(OperationReason.NumberOutOfRange, static () => new OperationBuilder().Retain(int.MaxValue).Delete(1));
        Refused(OperationReason.NumberOutOfRange, static () => new OperationBuilder().Retain(int.MaxValue).Insert("x"));
        Refused(OperationReason.AttributeName, static () => AttributeMap.Create((new string('n', 65), true)));
        Refused(OperationReason.DuplicateName, static () => AttributeMap.Create(("a", true), ("a", false)));
        Refused(OperationReason.NumberOutOfRange, static () => AttributeMap.Create(("a", double.NaN)));
    }

    [Fact]
    public void Transform_PastTheLargestLength_IsRefused()
    {
        var longest = TextOperation.Noop(int.MaxValue - 1).Compose(TextOperation.Replace(int.MaxValue - 1, 0, 0, "x"));
        var other = TextOperation.Replace(int.MaxValue - 1, 5, 0, "y");
        Refused(OperationReason.NumberOutOfRange, () => longest.TransformOver(other));
        Refused(OperationReason.NumberOutOfRange, () => longest.TransformOver(longest));
    }

    [Fact]
    public void IsRich_AttributesOrEmbeds_AreRich()
    {
        Assert.False(TextOperation.Parse("""[1,"x",-1]"""u8).IsRich);
        Assert.True(TextOperation.Parse("""[{"retain":1,"attributes":{"a":null}}]"""u8).IsRich);
        Assert.True(TextOperation.Parse("""[{"insert":{"image":1}}]"""u8).IsRich);
        Assert.False(TextOperation.Parse("""[{"insert":"x","attributes":{}}]"""u8).IsRich);
    }

    [Fact]
    public void Compose_TypingOntoSharedText_LeavesEarlierOperationsAlone()
    {
        // both go on from one operation whose text can grow in place: only one of them may
        var start = TextOperation.Replace(0, 0, 0, "a").Compose(TextOperation.Replace(1, 1, 0, "b"));
        var first = start.Compose(TextOperation.Replace(2, 2, 0, "c"));
        var second = start.Compose(TextOperation.Replace(2, 2, 0, "d"));
        Assert.Equal(["[\"ab\"]", "[\"abc\"]", "[\"abd\"]"], [start.ToString(), first.ToString(), second.ToString()]);
    }

    [Fact]
    public void Compose_CutInsideAnInsertedPair_IsRefused() =>
        Refused(OperationReason.SplitSurrogate, static () => TextOperation.Parse("""["😀"]"""u8).Compose(TextOperation.Parse("[1,-1]"u8)));

    private static void Refused(string reason, Func<object> make) => Assert.Equal(reason, Assert.Throws<OperationException>(make).Reason);
}
