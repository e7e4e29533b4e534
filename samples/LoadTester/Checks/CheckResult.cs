namespace RealtimeCollab.LoadTester.Checks;

/// <summary>What a check at the end of a run found; one that failed fails the run.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Passed">Whether it is as promised.</param>
/// <param name="Detail">What was compared, or where it went wrong.</param>
internal sealed record CheckResult(string Name, bool Passed, string Detail)
{
    /// <param name="name">What was looked at.</param>
    /// <param name="whenFine">What was compared.</param>
    /// <param name="violations">A sentence for each place where it is not as promised.</param>
    public static CheckResult Of(string name, string whenFine, IReadOnlyCollection<string> violations) => violations.Count == 0
        ? new CheckResult(name, Passed: true, whenFine)
        : new CheckResult(name, Passed: false, string.Join(' ', violations.Take(5)) + (violations.Count > 5 ? $" And {violations.Count - 5} more." : ""));
}
