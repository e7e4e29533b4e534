using BenchmarkDotNet.Running;
using RealtimeCollab.Benchmarks.Compare;

// compare              ours and the JavaScript libraries on the same work, one table
// micro                one line of figures for an outside harness
// anything else        BenchmarkDotNet: --filter '*Trace*', --list flat, ...
return args switch
{
    ["compare"] => await CompareCommand.RunAsync().ConfigureAwait(false),
    ["micro", .. var options] => MicroCommand.Run(options),
    _ => BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args).Any(static summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
