using BenchmarkDotNet.Running;
using RealtimeCollab.Benchmarks.Compare;
using RealtimeCollab.Benchmarks.Servers;

// compare              ours and the JavaScript libraries on the same work, one table
// server               one node with each store beside a bare SignalR relay: edits/s, latency, processor time
// peers                one node beside ShareDB, Hocuspocus and bare relays, with everybody's own clients: peers/servers/compare.mjs
// nodes                one, two and three nodes with one PostgreSQL and one Redis
// connections          what idle connections cost, and what they do to those who type
// opening              opening a document with a long history, and what open documents take in memory
// relay                the relay, for server
// micro                one line of figures for an outside harness
// anything else        BenchmarkDotNet: --filter '*Trace*', --list flat, ...
return args switch
{
    ["compare"] => await CompareCommand.RunAsync().ConfigureAwait(false),
    ["server", .. var options] => await ServerCommand.RunAsync(options).ConfigureAwait(false),
    ["peers", .. var options] => await (await PeerScripts.InstallAsync().ConfigureAwait(false)).ShowAsync(["servers/compare.mjs", .. options]).ConfigureAwait(false),
    ["nodes", .. var options] => await NodesCommand.RunAsync(options).ConfigureAwait(false),
    ["connections", .. var options] => await ConnectionsCommand.RunAsync(options).ConfigureAwait(false),
    ["opening"] => await Opening.RunAsync().ConfigureAwait(false),
    ["relay"] => await RelayServer.RunAsync().ConfigureAwait(false),
    ["micro", .. var options] => MicroCommand.Run(options),
    _ => BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args).Any(static summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
