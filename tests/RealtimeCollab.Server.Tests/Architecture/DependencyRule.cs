namespace RealtimeCollab.Server.Tests.Architecture;

/// <summary>
/// Which project of the solution may reference which. Adapters know Sessions, Sessions knows the algebra, and nobody below
/// Server knows the hubs. A project that is not in the table is a violation too: it has to be given its place here.
/// </summary>
internal static class DependencyRule
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["OperationalTransform"] = [],
        ["Protocol"] = ["OperationalTransform"],
        ["Sessions"] = ["OperationalTransform"],
        ["Server"] = ["Sessions", "Protocol"],
        ["Storage.Sqlite"] = ["Sessions"],
        ["Storage.PostgreSql"] = ["Sessions"],
        ["Redis"] = ["Sessions", "Protocol"],
        ["Client"] = ["Protocol"],
        ["Host"] = ["OperationalTransform", "Protocol", "Sessions", "Server", "Storage.Sqlite", "Storage.PostgreSql", "Redis"],
    };

    /// <summary>What breaks the rule, a sentence each.</summary>
    /// <param name="projects">Name of each project below <c>src</c>, and the names that it references.</param>
    public static IEnumerable<string> FindViolations(IEnumerable<(string Project, IReadOnlyList<string> References)> projects)
    {
        foreach (var (project, references) in projects)
        {
            if (!Allowed.TryGetValue(Short(project), out var allowed))
            {
                yield return $"{project} has no place in the rule.";
                continue;
            }

            foreach (var reference in references.Where(reference => !allowed.Contains(Short(reference), StringComparer.Ordinal)))
                yield return $"{project} may not reference {reference}.";
        }
    }

    private static string Short(string project) => project.Replace("RealtimeCollab.", "", StringComparison.Ordinal);
}
