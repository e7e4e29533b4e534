using System.Buffers;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Budgets;

/// <summary>What the budget names: each a step that is repeated, with what it needs made beforehand.</summary>
internal static class Scenarios
{
    public static IReadOnlyDictionary<string, Func<Action<int>>> All { get; } = new Dictionary<string, Func<Action<int>>>(StringComparer.Ordinal)
    {
        ["make a one-character insert"] = static () => static k => TextOperation.Replace(1000, k % 1000, 0, "x"),
        ["apply it to a document of 1,000,000, keeping every state"] = static () => KeepingStates(1_000_000),
        ["apply it to a document of 10,000,000, keeping every state"] = static () => KeepingStates(10_000_000),
        ["apply it to a document of 10,000,000 with one writer"] = static () => OneWriter(snapshots: false),
        ["apply it to a document of 10,000,000 with one writer, and take a snapshot"] = static () => OneWriter(snapshots: true),
        ["transform it over another"] = static () => Transform(),
        ["compose it onto a typed run"] = static () => Compose(),
        ["parse it"] = static () => Parse(),
        ["write it"] = static () => Write(),
        ["move a position over it"] = static () => Move(),
        ["find a line and column"] = static () => FindLine(),
    };

    // the inserts are made beforehand: applying is measured, not making
    private static TextOperation[] Inserts(int length, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(k => TextOperation.Replace(length + k, random.Next(length), 0, "x"))];
    }

    private static Action<int> KeepingStates(int length)
    {
        var document = Document.FromText(new string('y', length));
        var inserts = Inserts(length, AllocationBudgetTests.Steps);
        return k => document = document.Apply(inserts[k]);
    }

    private static Action<int> OneWriter(bool snapshots)
    {
        const int Length = 10_000_000;
        var builder = Document.FromText(new string('y', Length)).ToBuilder();
        var inserts = Inserts(Length, AllocationBudgetTests.Steps);
        return k =>
        {
            builder.Apply(inserts[k]);
            if (snapshots)
                builder.ToDocument();
        };
    }

    private static Action<int> Transform()
    {
        var (operation, others) = (TextOperation.Replace(1000, 500, 0, "x"), Inserts(1000, 1));
        return _ => operation.TransformOver(others[0]);
    }

    private static Action<int> Compose()
    {
        var typed = TextOperation.Replace(1000, 500, 0, "x");
        var inserts = Enumerable.Range(1, AllocationBudgetTests.Steps).Select(static k => TextOperation.Replace(1000 + k, 500 + k, 0, "x")).ToArray();
        return k => typed = typed.Compose(inserts[k]);
    }

    private static Action<int> Parse() => static _ => TextOperation.Parse("""[500,"x",500]"""u8);

    private static Action<int> Write()
    {
        var (operation, buffer) = (TextOperation.Replace(1000, 500, 0, "x"), new ArrayBufferWriter<byte>(1 << 20));
        var writer = new Utf8JsonWriter(buffer);
        return _ =>
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            operation.WriteTo(writer);
            writer.Flush();
        };
    }

    private static Action<int> Move()
    {
        var operation = TextOperation.Replace(1000, 500, 0, "x");
        return k => SelectionRange.TransformPosition(k % 1000, operation);
    }

    private static Action<int> FindLine()
    {
        var document = Document.FromText(string.Concat(Enumerable.Repeat("a line\n", 10_000)));
        return k => document.GetPosition(document.GetLinePosition(k));
    }
}
