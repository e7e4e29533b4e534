import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportsOf } from './support/declarations.js';

const library = fileURLToPath(new URL('../../', import.meta.url));
const listFile = join(library, 'public-api.txt');
const { exports: entries } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as {
  exports: Record<string, { readonly types: string }>;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'realtimecollab-api-'));
  const options = [
    '-p',
    'tsconfig.build.json',
    '--emitDeclarationOnly',
    '--sourceMap',
    'false',
    '--inlineSources',
    'false',
  ];
  execFileSync('npx', ['tsc', ...options, '--outDir', folder], { cwd: library });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the public API is the one that is listed', () => {
  const sections = Object.entries(entries).map(([entry, { types }]) => {
    const declarations = exportsOf(join(folder, types.replace(/^\.\/dist\//, '')));
    return `# realtimecollab-js${entry.slice(1)}\n\n${declarations.join('\n')}\n`;
  });
  const list = sections.join('\n');
  expect(list).toContain('class CollabClient');
  if (process.env['UPDATE_API'] === '1') writeFileSync(listFile, list);
  // what differs is to be looked at; then `UPDATE_API=1 npx vitest run publicApi` writes the list
  expect(list).toBe(readFileSync(listFile, 'utf8'));
});
