using System.Text;
using RealtimeCollab.OperationalTransform.Tests.Laws;

namespace RealtimeCollab.OperationalTransform.Tests.Operations;

/// <summary>How much an operation from outside may set in one place, which is read as often as there are places.</summary>
public sealed class AttributeLimitTests
{
    public static TheoryData<string> Forms =>
    [
        """[{"insert":"x","attributes":{0}}]""",
        """[3,{"retain":1,"attributes":{0}}]""",
        """{"ops":[{"insert":{"image":"a"},"attributes":{0}}]}""",
        """{"type":"format","position":0,"length":1,"attributes":{0}}""",
        """[["x"],[{"retain":1,"attributes":{0}}]]""",
        """[[{"retain":1,"attributes":{"n0":1}}],[{"retain":1,"attributes":{0}}]]""",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Attributes_AsManyAsMayBe_AreRead(string form)
    {
        Assert.NotNull(Parse(form, Many(AttributeMap.MaxCount)));
        Assert.NotNull(Parse(form, Long(AttributeMap.MaxLength - "n0".Length)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Attributes_BeyondThat_AreRefused(string form)
    {
        Assert.Equal(OperationReason.AttributesLength, Refused(form, Many(AttributeMap.MaxCount + 1)));
        Assert.Equal(OperationReason.AttributesLength, Refused(form, Long(AttributeMap.MaxLength - "n0".Length + 1)));
    }

    [Fact]
    public void Attributes_ThatComeTogetherInAList_AreRefusedAsTheyWouldBeInOne()
    {
        var steps = Enumerable.Range(0, 3).Select(step => $$$"""[{"retain":1,"attributes":{"step{{{step}}}":"{{{new string('x', 1500)}}}"}}]""").ToArray();

        Assert.NotNull(TextOperation.Parse(Encoding.UTF8.GetBytes($"[{steps[0]},{steps[1]}]")));
        Assert.Equal(OperationReason.AttributesLength, Refused($"[{string.Join(',', steps)}]", ""));
    }

    [Fact]
    public void Attributes_OfALog_AreReadWhateverTheyHold()
    {
        var stored = """[{"insert":"x","attributes":{0}}]""".Replace("{0}", Long(100_000), StringComparison.Ordinal);

        Assert.Equal(stored, TextOperation.ParseArray(Encoding.UTF8.GetBytes(stored)).ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weight_OfAnyOperation_IsNotFarAboveItsJson(bool rich) => Seeds.Check(200, random =>
    {
        var draw = new RandomOperations(random, rich);
        var operation = draw.Operation(draw.Document(200), maxComponent: 40);

        Assert.True(2 * operation.Weight <= 3 * operation.GetUtf8JsonLength(), operation.ToString());
        Assert.True(rich || operation.Weight == operation.TargetLength - operation.BaseLength + Deleted(operation), operation.ToString());
    });

    [Theory]
    [InlineData("""["Hello"]""", 0)]
    [InlineData("""[{"insert":"Hello","attributes":{"bold":true}}]""", 12)]
    [InlineData("""["a",{"insert":"b","attributes":{"link":"http://a","x":1}},{"insert":{"image":"a.png"}}]""", 46)]
    public void FormatWeight_OfADocument_IsWhatItsAttributesAndEmbedsHold(string content, int weight)
    {
        var document = Document.ParseContent(Encoding.UTF8.GetBytes(content));

        Assert.Equal(weight, document.FormatWeight);
        Assert.Equal(weight, document.ToBuilder().FormatWeight);
        Assert.Equal(0, document.Apply(TextOperation.Parse(Encoding.UTF8.GetBytes($"[{-document.Length}]"))).FormatWeight);
    }

    private static string Many(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\":1"))}}}";

    private static string Long(int length) => $$$"""{"n0":"{{{new string('x', length)}}}"}""";

    private static TextOperation Parse(string form, string attributes) =>
        TextOperation.Parse(Encoding.UTF8.GetBytes(form.Replace("{0}", attributes, StringComparison.Ordinal)));

    private static string Refused(string form, string attributes) => Assert.Throws<OperationException>(() => Parse(form, attributes)).Reason;

    private static int Deleted(TextOperation operation)
    {
        var deleted = 0;
        foreach (ref readonly var component in operation.Components)
            deleted += component.Kind == ComponentKind.Delete ? component.Length : 0;
        return deleted;
    }
}
