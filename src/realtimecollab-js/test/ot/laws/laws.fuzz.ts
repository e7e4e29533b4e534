import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laws } from './laws.js';

const minutes = Number(process.env['FUZZ_MINUTES']);

test(`all laws hold for ${minutes} minutes of fresh seeds`, { timeout: (minutes + 5) * 60_000 }, () => {
  expect(minutes).toBeGreaterThan(0);
  const end = performance.now() + minutes * 60_000;
  for (let round = 1; performance.now() < end; round++) {
    const seed = Math.floor(Math.random() * 0x7fffffff);
    console.log(`round ${round}: LAWS_SEED=${seed}`);
    for (const [, law] of laws) {
      if (performance.now() >= end) break;
      fc.assert(law, { seed, numRuns: 1000 });
    }
  }
});
