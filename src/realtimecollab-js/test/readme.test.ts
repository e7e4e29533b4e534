import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as ot from '../src/ot/index.js';

test('the example of the README gives what its comment says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, names, body, result, comment] =
    /```ts\nimport (\{[^}]*\}) from 'realtimecollab-js\/ot';\n\n([^`]*?)\n([^\n]*); \/\/ '(.*)'\n```/.exec(readme) ??
    [];
  const run = new Function('ot', `const ${names} = ot; ${body}; return ${result};`) as (module: typeof ot) => unknown;
  expect(run(ot)).toBe(comment);
});
