import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

/** What all of `realtimecollab-js` may weigh in a page, minified and compressed, without @microsoft/signalr and its protocol, in bytes. */
const MOST_BYTES = 20_000;

test(`the client with everything that it exports is smaller than ${MOST_BYTES} bytes`, async () => {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      modulePreload: false,
      target: 'es2022',
      rolldownOptions: {
        input: fileURLToPath(new URL('../../src/index.ts', import.meta.url)),
        preserveEntrySignatures: 'strict', // all exports, as if an application used each of them
        external: ['@microsoft/signalr', '@microsoft/signalr-protocol-msgpack'],
      },
      minify: 'oxc',
    },
  })) as Rolldown.RolldownOutput;
  const code = output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('');
  expect(code).toContain('StartEditing'); // that it is the client, and not an empty bundle
  expect(gzipSync(code, { level: 9 }).length).toBeLessThan(MOST_BYTES);
});
