import fc from 'fast-check';
import { test } from 'vitest';
import { laws } from './laws.js';

/** A failure prints its seed and path; LAWS_SEED repeats a run. */
const seed = Number(process.env['LAWS_SEED'] ?? Math.floor(Math.random() * 0x7fffffff));
console.log(`laws: LAWS_SEED=${seed}`);

test.each(laws)('%s', (_, law) => {
  fc.assert(law, { seed, numRuns: 200 });
});
