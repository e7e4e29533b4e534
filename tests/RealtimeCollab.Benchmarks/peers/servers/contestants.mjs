import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect as connectToHocuspocus } from './clients/hocuspocus.mjs';
import { connect as connectToOurs, signIn } from './clients/realtimecollab.mjs';
import { connectToSignalR, connectToWs } from './clients/relays.mjs';
import { connector as connectorToShareDb } from './clients/sharedb.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const assembly = (name) => path.join(here, `../../../../artifacts/bin/${name}/release/${name}.dll`);
/** The switches of our Host (docs/decisions/0006). */
const switches = {
  DOTNET_TieredPGO: '0',
  DOTNET_TC_QuickJit: '0',
  DOTNET_TC_CallCountingDelayMs: '0',
  DOTNET_ThreadPool_UnfairSemaphoreSpinLimit: '0',
};

const node = (name) => () => ({ command: process.execPath, args: [path.join(here, 'peers', `${name}.mjs`)] });
const relay = (environment) => () => ({ command: 'dotnet', args: [assembly('RealtimeCollab.Benchmarks'), 'relay'], environment });
const ours = (provider, connectionString) => ({ folder }) => ({
  command: 'dotnet',
  args: [assembly('RealtimeCollab.Host')],
  environment: {
    ASPNETCORE_ENVIRONMENT: 'Development',
    Logging__LogLevel__Default: 'Warning',
    RealtimeCollab__Access__DefaultRole: 'editor',
    // the load of a run is the load's concern
    RealtimeCollab__Limits__OperationsPerSecond: '0',
    RealtimeCollab__Limits__JoinsPerSecond: '0',
    RealtimeCollab__Storage__Provider: provider,
    RealtimeCollab__Storage__ConnectionString: connectionString(folder),
  },
});

/**
 * Who takes part. `server` tells how it is started, given a folder of its own; `connect` makes a client, after `signIn` where there is one.
 * `keepsText` if the copies have a text that can be compared, `isDurable` if what was acknowledged outlives the process.
 */
export const contestants = {
  'ours-sqlite': {
    title: 'RealtimeCollab, SQLite at FULL sync',
    server: ours('sqlite', (folder) => `Data Source=${path.join(folder, 'documents.db')}`),
    connect: connectToOurs,
    signIn,
    keepsText: true,
    isDurable: true,
  },
  'ours-memory': { title: 'RealtimeCollab, memory', server: ours('memory', () => ''), connect: connectToOurs, signIn, keepsText: true },
  'sharedb-text': { title: 'ShareDB, ot-text-unicode, memory', server: node('sharedb'), connect: connectorToShareDb('text'), keepsText: true },
  'sharedb-rich': { title: 'ShareDB, rich-text, memory', server: node('sharedb'), connect: connectorToShareDb('rich'), keepsText: true },
  hocuspocus: { title: 'Hocuspocus, Yjs, memory', server: node('hocuspocus'), connect: connectToHocuspocus, keepsText: true },
  'signalr-relay': { title: 'SignalR relay, stores nothing', server: relay({}), connect: connectToSignalR },
  'signalr-relay-tuned': { title: "SignalR relay with our Host's switches", server: relay(switches), connect: connectToSignalR },
  'ws-relay': { title: 'ws relay (Node), stores nothing', server: node('ws-relay'), connect: connectToWs },
};
