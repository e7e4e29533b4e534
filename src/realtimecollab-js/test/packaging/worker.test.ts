import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the client needs nothing that a web worker does not have', () => {
  const library = fileURLToPath(new URL('../../', import.meta.url));
  expect(() => execFileSync('npx', ['tsc', '-p', 'tsconfig.worker.json'], { cwd: library })).not.toThrow();
});
