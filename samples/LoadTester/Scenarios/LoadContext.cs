using System.Security.Cryptography;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Pacing;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>What the parts of a scenario share.</summary>
internal sealed class LoadContext(LoadPlan plan, Deployment deployment)
{
    public LoadPlan Plan => plan;

    public Deployment Deployment => deployment;

    public Measurements Measurements => deployment.Measurements;

    public OpenLoopSchedule Schedule { get; } = new(deployment.Measurements);

    /// <summary>Random, and in all ids: a run meets nothing that an earlier one has left.</summary>
    public string RunId { get; } = RandomNumberGenerator.GetHexString(8, lowercase: true);

    public string DocumentId(int number) => $"load-{RunId}-{number}";

    public ClientIdentity Client(int number) => new(number, RunId);

    /// <summary>Chances of its own for each part, the same in every run with the same seed.</summary>
    public Random Chances(int part) => new(unchecked((plan.Seed * 1_000_003) + part));
}
