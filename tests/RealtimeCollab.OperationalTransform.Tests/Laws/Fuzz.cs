using System.Globalization;
using System.Security.Cryptography;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>
/// <c>fuzz [--minutes N] [--law NAME] [--seed S]</c>: checks every law (or one) round after round, with a new seed each round, until the time is over or a
/// law is broken. With a seed, one round of exactly that.
/// </summary>
internal static class Fuzz
{
    private const int CasesPerRound = 300;

    public static int Run(string[] options)
    {
        var minutes = double.Parse(Option(options, "--minutes") ?? "1", CultureInfo.InvariantCulture);
        var name = Option(options, "--law");
        var seed = Option(options, "--seed");
        var laws = LawBook.All.Where(law => name is null || law.Name == name).ToList();
        if (laws.Count == 0)
        {
            Console.Error.WriteLine($"There is no law \"{name}\". There are: {string.Join("; ", LawBook.All.Select(static law => law.Name))}.");
            return 2;
        }

        return seed is null
            ? RunFor(TimeSpan.FromMinutes(minutes), laws)
            : RunRound(laws, ulong.Parse(seed, CultureInfo.InvariantCulture));
    }

    private static int RunFor(TimeSpan time, List<Law> laws)
    {
        var start = TimeProvider.System.GetTimestamp();
        var cases = 0L;
        do
        {
            // a seed that fits a double, so that no tool on the way rounds it
            if (RunRound(laws, (ulong)RandomNumberGenerator.GetInt32(int.MaxValue)) is var result and not 0)
                return result;

            cases += CasesPerRound * laws.Count;
        }
        while (TimeProvider.System.GetElapsedTime(start) < time);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases} cases of {laws.Count} laws: all hold."));
        return 0;
    }

    private static int RunRound(List<Law> laws, ulong seed)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        foreach (var law in laws)
        {
            try
            {
                law.Run(CasesPerRound, seed);
            }
            catch (InvalidOperationException broken)
            {
                Console.Error.WriteLine(broken.Message);
                return 1;
            }
        }

        return 0;
    }

    private static string? Option(string[] options, string name)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? options[at + 1] : null;
    }
}
