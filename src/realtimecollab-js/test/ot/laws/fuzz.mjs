// npm run fuzz -- --minutes N: runs the laws with fresh seeds for N minutes (1 by default); stops at the first failure.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' } } });
if (!(Number(values.minutes) > 0)) throw new Error('--minutes takes a positive number');

const vitest = ['vitest', 'run', '--config', 'vitest.fuzz.config.ts', '--disable-console-intercept'];
const { status } = spawnSync('npx', vitest, {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, FUZZ_MINUTES: values.minutes },
});
process.exit(status ?? 1);
