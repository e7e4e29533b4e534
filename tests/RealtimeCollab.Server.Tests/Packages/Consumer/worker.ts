// A web worker of somebody who installed the package: edits the document that the page asks for.
import { CollabClient } from 'realtimecollab-js';
import { IndexedDbEditStore } from 'realtimecollab-js/indexeddb';

addEventListener('message', ({ data }: MessageEvent<{ url: string; token: string; documentId: string }>) => {
  void edit(data).then(postMessage);
});

async function edit({ url, token, documentId }: { url: string; token: string; documentId: string }): Promise<object> {
  const client = new CollabClient({ url, token: () => token, device: 'Worker', editStore: new IndexedDbEditStore() });
  const document = await client.open(documentId);
  document.insert(0, 'from a worker');
  await new Promise<void>((resolve) => document.on('state', (state) => state === 'synchronized' && resolve()));
  await client.close();
  return { isWorker: !('document' in globalThis), text: document.text };
}
