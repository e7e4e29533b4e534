// node load.mjs RUN: one run of a workload against one contestant's fresh server; prints its result as one JSON object.
// All clients are in this process, which compare.mjs gives a core of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contestants } from './contestants.mjs';
import { MeasuredServer } from './measuredServer.mjs';
import { idle } from './workloads/idle.mjs';
import { opening } from './workloads/opening.mjs';
import { flood, typing } from './workloads/writing.mjs';

const run = JSON.parse(process.argv[2]);
const contestant = contestants[run.contestant];
const folder = mkdtempSync(path.join(os.tmpdir(), 'realtimecollab-peers-'));
const start = async () => MeasuredServer.start(contestant.server({ folder }));

let server = await start();
const restart = async () => {
  await server.stop();
  return (server = await start());
};
try {
  const workloads = { flood, typing, idle, opening };
  console.log(JSON.stringify(await workloads[run.workload]({ ...run, contestant, server, restart })));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
process.exit(0); // what a client library may have left running is not waited for
