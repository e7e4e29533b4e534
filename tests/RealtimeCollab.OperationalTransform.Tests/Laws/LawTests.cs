using System.Globalization;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

public sealed class LawTests(ITestOutputHelper output)
{
    // fixed, so that a run can be repeated; `fuzz` draws its own (see Program)
    private const ulong Seed = 20_250_101;

    public static TheoryData<string> Names => [.. LawBook.All.Select(static law => law.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Law_RandomCases_Holds(string name)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Seed}"));
        LawBook.All.Single(law => law.Name == name).Run(cases: 300, Seed);
    }

    [Fact]
    public void Transform_OverAComposition_IsNotTheCompositionOfTransforms()
    {
        // On "x": canonical form forgets an insert's place among deletes, so servers and clients go over log entries one at a time.
        var insertA = TextOperation.Parse("""[1,"A"]"""u8);
        var insertB = TextOperation.Parse("""[1,"B"]"""u8);
        var deleteX = TextOperation.Parse("[-1,1]"u8);
        var document = Document.FromText("x").Apply(insertB).Apply(deleteX);

        var oneByOne = insertA.TransformOver(insertB).TransformOver(deleteX);
        var atOnce = insertA.TransformOver(insertB.Compose(deleteX));

        Assert.Equal("AB", document.Apply(oneByOne).ToString());
        Assert.Equal("BA", document.Apply(atOnce).ToString());
    }
}
