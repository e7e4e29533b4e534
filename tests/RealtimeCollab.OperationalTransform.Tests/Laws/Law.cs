using FsCheck;
using FsCheck.Fluent;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>Something that holds for every case; the check draws one case and throws if it does not hold.</summary>
internal sealed record Law(string Name, Action<Random> Check)
{
    private static readonly Arbitrary<int[]> AnyChoices = Arb.From(
        Gen.Choose(40, 700).SelectMany(static length => Gen.Choose(0, 1 << 24).ArrayOf(length)),
        ArbMap.Default.ArbFor<int[]>().Shrinker);

    /// <summary>Checks so many cases; a failure holds the law's name, the seed and the smallest case found.</summary>
    public void Run(int cases, ulong seed)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(seed, gamma: 1).WithQuietOnSuccess(true);
        try
        {
            Prop.ForAll(AnyChoices, choices => Check(new Choices(choices))).Check(config);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Law \"{Name}\" is broken. Repeat with: fuzz --law \"{Name}\" --seed {seed}\n{exception.Message}", exception);
        }
    }
}
