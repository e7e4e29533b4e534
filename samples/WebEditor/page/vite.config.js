import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const library = fileURLToPath(new URL('../../../src/realtimecollab-js/dist', import.meta.url));

// the library is taken from this repository; an application of your own has it from npm and needs none of this
export default defineConfig({
  resolve: {
    alias: [
      { find: /^realtimecollab-js\/(codemirror|quill)$/, replacement: `${library}/bindings/$1/index.js` },
      { find: /^realtimecollab-js\/(chat|presence)$/, replacement: `${library}/client/$1/index.js` },
      { find: 'realtimecollab-js/indexeddb', replacement: `${library}/client/edits/indexedDbEditStore.js` },
      { find: 'realtimecollab-js', replacement: `${library}/index.js` },
    ],
    dedupe: ['@codemirror/state', '@codemirror/view'],
  },
  build: { outDir: '../wwwroot', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1000 },
  server: { proxy: { '/hubs': { target: 'http://localhost:5080', ws: true }, '/api': 'http://localhost:5080', '/dev': 'http://localhost:5080' } },
});
