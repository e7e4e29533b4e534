using System.Text;
using System.Text.Json;
using RealtimeCollab.Benchmarks.Workloads;

namespace RealtimeCollab.Benchmarks.Compare;

/// <summary>What all sides work on, written to a file for the peers.</summary>
internal sealed record CompareInput(string TracePath, ConcurrentInserts Transform, string[] Wire, IReadOnlyList<double> Places)
{
    public static CompareInput Make() => new(
        EditingTrace.AutomergePaperPath,
        ConcurrentInserts.Draw(seed: 42),
        [.. WireOperations.Json().Select(Encoding.UTF8.GetString)],
        new LargeDocument(1).Shares);

    public string Save()
    {
        var path = Path.Combine(Path.GetTempPath(), $"realtimecollab-compare-{Environment.ProcessId}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(this, JsonSerializerOptions.Web));
        return path;
    }
}
