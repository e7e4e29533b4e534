namespace RealtimeCollab.OperationalTransform.Tests.Docs;

public sealed class AlgebraPageTests
{
    public static TheoryData<string> Examples => [.. ExamplesOfThePage()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Page_EachExample_IsTrue(string example) => AlgebraExamples.Run(example);

    [Fact]
    public void Page_HasExamplesOfEveryVerb()
    {
        var verbs = ExamplesOfThePage().Select(static example => example.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["apply", "compose", "transform", "invert", "move", "read", "refuse"], StringComparer.Ordinal), verbs);
    }

    private static IEnumerable<string> ExamplesOfThePage()
    {
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "algebra.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```ot";
            else if (inside)
                yield return line;
        }
    }
}
