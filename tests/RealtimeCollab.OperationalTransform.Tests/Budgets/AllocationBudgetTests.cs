using System.Text.Json;
using RealtimeCollab.Testing;

namespace RealtimeCollab.OperationalTransform.Tests.Budgets;

/// <summary>Allocations, which are the same on every machine, against a committed budget in bytes per step.</summary>
public sealed class AllocationBudgetTests(ITestOutputHelper output)
{
    internal const int Steps = 4000;
    private const int WarmUp = 1000;

    /// <summary>Bytes per step for what no step allocates: a collection may empty a pool, which is then filled again, once.</summary>
    private const int Slack = 2;

    private static readonly Dictionary<string, long> Budget =
        JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Budgets", "allocation-budget.json")))!;

    public static TheoryData<string> Names => [.. Budget.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_RepeatedThousandsOfTimes_StaysInItsBudget(string name)
    {
        var each = Allocations.PerStep(Scenarios.All[name](), WarmUp, Steps);
        output.WriteLine($"{each:F0} bytes of {Budget[name]}");
        Assert.True(each <= Budget[name] + Slack, $"{name}: {each:F0} bytes, budget {Budget[name]}.");
        Assert.True(each >= Budget[name] * 0.6, $"{name}: {each:F0} bytes are far below the budget of {Budget[name]}: lower it.");
    }

    [Fact]
    public void Budget_EveryScenario_HasOne() => Assert.Equal(Scenarios.All.Keys.Order(), Budget.Keys.Order());
}
