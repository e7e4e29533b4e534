import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examplesOf, type Example } from './support/examples.js';

const library = fileURLToPath(new URL('../../', import.meta.url));
const { exports: entries } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as {
  exports: Record<string, { readonly types: string }>;
};

/** Pages whose examples go on where one before them ended: with a document that is called `document`. */
const ownDocument = new URL('../../README.md', import.meta.url);
const pages = ['README.md', 'docs/clients.md', 'docs/clients/typescript.md', 'docs/webhooks.md'].map(
  (page) => new URL(`../../../../${page}`, import.meta.url),
);

/** What the examples leave to the reader. */
const surroundings = `
import type * as React from 'react';
import type { EditorView as View } from '@codemirror/view';
import type QuillEditor from 'quill';
import type { CollabClient, CollabDocument as Opened } from 'realtimecollab-js';
declare global {
  const url: string;
  const client: CollabClient;
  const notes: Opened;
  const connection: never;
  type CollabDocument = Opened;
  function token(): Promise<string>;
  function fetchToken(): Promise<string>;
  function render(...shown: unknown[]): void;
  function show(...shown: unknown[]): void;
  function showTyping(users: unknown): void;
  function showBadge(unread: number): void;
  const EditorView: typeof View;
  const Quill: typeof QuillEditor;
  const { useState, useEffect, useRef, useSyncExternalStore }: typeof React;
  const CollabClient: typeof import('realtimecollab-js').CollabClient;
  const collaboration: typeof import('realtimecollab-js/codemirror').collaboration;
  const bindQuill: typeof import('realtimecollab-js/quill').bindQuill;
}
`;

const options = {
  extends: '../tsconfig.json',
  compilerOptions: {
    module: 'ESNext',
    moduleResolution: 'Bundler',
    jsx: 'react-jsx',
    noUnusedLocals: false,
    noUnusedParameters: false,
    types: [],
    rootDir: '..',
    paths: Object.fromEntries(
      Object.entries(entries).map(([entry, { types }]) => [
        `realtimecollab-js${entry.slice(1)}`,
        [types.replace('./dist/', '../src/').replace('.d.ts', '.ts')],
      ]),
    ),
  },
  include: ['.'],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(library, 'examples-'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
  writeFileSync(join(folder, 'surroundings.d.ts'), surroundings);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(examples: readonly Example[], name: string, before: string): void {
  for (const [index, { place, language, code }] of examples.entries()) {
    const own = /\bconst document\b/.test(code) ? '' : before;
    const lines = [`// ${place}`, 'declare const parent: HTMLElement;', own, code, 'export {};'];
    writeFileSync(join(folder, `${name}${index}.${language}`), lines.join('\n'));
  }
}

test('the examples of the documentation compile', () => {
  const examples = pages.flatMap(examplesOf);
  const own = examplesOf(ownDocument);
  expect([examples.length > 8, own.length > 5]).toEqual([true, true]);
  write(examples, 'page', '');
  write(own, 'readme', 'declare const document: CollabDocument;');
  const { stdout } = spawnSync('npx', ['tsc', '-p', folder], { cwd: library, encoding: 'utf8' });
  expect(stdout).toBe('');
});
