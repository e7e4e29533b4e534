using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

var trace = EditingTrace.AutomergePaper();
for (var i = 0; i < 9; i++)
{
    var a0 = GC.GetAllocatedBytesForCurrentThread();
    var t0 = Cpu();
    var doc = trace.ReplayDocuments();
    var t1 = TimeSpan.FromSeconds(Cpu() - t0);
    var a1 = GC.GetAllocatedBytesForCurrentThread();
    t0 = Cpu();
    var doc2 = trace.ReplayBuilder();
    var t2 = TimeSpan.FromSeconds(Cpu() - t0);
    var a2 = GC.GetAllocatedBytesForCurrentThread();
    Console.WriteLine($"docs {trace.Edits.Count / t1.TotalSeconds / 1e6:f2} M/s {(a1 - a0) / trace.Edits.Count} B; builder {trace.Edits.Count / t2.TotalSeconds / 1e6:f2} M/s {(a2 - a1) / trace.Edits.Count} B {doc.ToString() == trace.EndContent} {doc2.ToString() == trace.EndContent}");
}

// transform
var rnd = new Random(42);
var length = 10000;
var concurrent = Enumerable.Range(0, 1000).Select(k => TextOperation.Replace(length + k, rnd.Next(length + k + 1), 0, "abcdefghij"[(k % 10)..(k % 10 + 1)])).ToArray();
var op = TextOperation.Replace(length, 5000, 0, "x");
for (var i = 0; i < 9; i++)
{
    var a0 = GC.GetAllocatedBytesForCurrentThread();
    var t0 = Cpu();
    for (var r = 0; r < 500; r++)
    {
        var x = op;
        foreach (var c in concurrent) x = x.TransformOver(c);
    }
    var t1 = TimeSpan.FromSeconds(Cpu() - t0);
    Console.WriteLine($"transform {t1.TotalMicroseconds / 500_000:f4} us  {(GC.GetAllocatedBytesForCurrentThread() - a0) / 500000} B");
}

// 10 MB random
foreach (var size in new[] { 1_000_000, 10_000_000 })
{
    var big = Document.FromText(new string('x', size));
    var b = big.ToBuilder();
    for (var i = 0; i < 3; i++)
    {
        var n = 20000;
        var a0 = GC.GetAllocatedBytesForCurrentThread();
        var t0 = Cpu();
        var d = big;
        for (var k = 0; k < n; k++) d = d.Apply(TextOperation.Replace(d.Length, rnd.Next(d.Length), 0, "y"));
        var t1 = TimeSpan.FromSeconds(Cpu() - t0);
        var a1 = GC.GetAllocatedBytesForCurrentThread();
        t0 = Cpu();
        for (var k = 0; k < n; k++) b.Apply(TextOperation.Replace(b.Length, rnd.Next(b.Length), 0, "y"));
        var t2 = TimeSpan.FromSeconds(Cpu() - t0);
        var a2 = GC.GetAllocatedBytesForCurrentThread();
        Console.WriteLine($"{size}: docs {t1.TotalMicroseconds / n:f3} us {(a1 - a0) / n} B; builder {t2.TotalMicroseconds / n:f3} us {(a2 - a1) / n} B");
    }
}
// compose typing
for (var i = 0; i < 4; i++)
{
    var ops = Enumerable.Range(0, 10000).Select(k => TextOperation.Replace(1000 + k, 500 + k, 0, "x")).ToArray();
    var a0 = GC.GetAllocatedBytesForCurrentThread();
    var t0 = Cpu();
    var c = ops[0];
    for (var k = 1; k < ops.Length; k++) c = c.Compose(ops[k]);
    var t1 = TimeSpan.FromSeconds(Cpu() - t0);
    Console.WriteLine($"compose {t1.TotalMicroseconds / 10000:f4} us  {(GC.GetAllocatedBytesForCurrentThread() - a0) / 10000} B");
}

static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;
