using System.Buffers;
using System.Text.Json;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Compare;

/// <summary>Our side of the comparison, under the names that the peers' script uses too; microseconds each.</summary>
internal static class OurFigures
{
    public static Dictionary<string, double> Measure(CompareInput input)
    {
        var trace = EditingTrace.AutomergePaper();
        var figures = new Dictionary<string, double>
        {
            [Work.Trace] = CpuStopwatch.Microseconds(trace.Edits.Count, () => Check(trace, trace.ReplayBuilder())),
            [Work.TraceDocuments] = CpuStopwatch.Microseconds(trace.Edits.Count, () => Check(trace, trace.ReplayDocuments())),
        };
        foreach (var (work, count) in new[] { (Work.Transform100, 100), (Work.Transform1000, 1000) })
        {
            var (operation, committed) = (input.Transform.Operation, input.Transform.Committed(count));
            figures[work] = CpuStopwatch.Microseconds(count, () => ConcurrentInserts.Carry(operation, committed));
        }

        var typing = Typing.Operations();
        figures[Work.Compose] = CpuStopwatch.Microseconds(Typing.Count, () => Typing.Compose(typing));
        AddWire(figures);
        foreach (var (work, length) in new[] { (Work.Edit1, 1_000_000), (Work.Edit10, 10_000_000) })
        {
            var large = new LargeDocument(length);
            var builder = large.Document.ToBuilder();
            var k = 0;
            figures[work] = CpuStopwatch.Microseconds(1000, () =>
            {
                for (var i = 0; i < 1000; i++)
                    builder.Apply(large.Edit(k++, builder.Length));
            });
        }

        return figures;
    }

    private static void AddWire(Dictionary<string, double> figures)
    {
        var (json, operations) = (WireOperations.Json(), WireOperations.Operations());
        figures[Work.Parse] = CpuStopwatch.Microseconds(WireOperations.Count, () =>
        {
            foreach (var bytes in json)
                TextOperation.Parse(bytes);
        });

        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using var writer = new Utf8JsonWriter(buffer);
        figures[Work.Write] = CpuStopwatch.Microseconds(WireOperations.Count, () =>
        {
            buffer.ResetWrittenCount();
            WireOperations.Write(operations, writer);
        });
    }

    private static void Check(EditingTrace trace, Document end)
    {
        if (end.Length != trace.EndContent.Length || end.ToString() != trace.EndContent)
            throw new InvalidOperationException("The trace did not lead to its end.");
    }
}
