// Hocuspocus's own provider with its defaults, one socket for each client.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { Copy } from './copy.mjs';

class YjsCopy extends Copy {
  #document;
  #text;

  constructor(document, provider) {
    super();
    this.#document = document;
    this.#text = document.getText('text');
    // the provider counts what the server has not confirmed
    provider.on('unsyncedChanges', ({ number }) => {
      const open = this.edits - this.commits;
      if (number < open) this.committed(open - number);
    });
    this.#text.observe((event) => {
      if (!event.transaction.local) this.#walk(event.delta);
    });
  }

  get length() {
    return this.#text.length;
  }

  text() {
    return this.#text.toString();
  }

  edit(position, deleted, inserted) {
    this.edits++;
    this.#document.transact(() => {
      if (deleted) this.#text.delete(position, deleted);
      if (inserted) this.#text.insert(position, inserted);
    });
  }

  #walk(delta) {
    let position = 0;
    for (const { retain = 0, insert = '', delete: gone = 0 } of delta) {
      position += retain;
      if (insert || gone) this.onRemote(position, gone, insert);
      position += insert.length;
    }
  }
}

export async function connect(address) {
  const socket = new HocuspocusProviderWebsocket({ url: address.replace('http', 'ws'), WebSocketPolyfill: WebSocket });
  const providers = [];
  return {
    async open(documentId, text) {
      const document = new Y.Doc();
      const provider = new HocuspocusProvider({ websocketProvider: socket, name: documentId, document });
      providers.push(provider);
      await new Promise((resolve) => {
        provider.on('synced', resolve);
        provider.attach();
      });
      const copy = new YjsCopy(document, provider);
      if (text && copy.length === 0) {
        copy.edit(0, 0, text);
        await copy.settled();
      }
      return copy;
    },
    close: () =>
      new Promise((resolve) => {
        for (const provider of providers) provider.destroy();
        const { webSocket } = socket;
        if (webSocket === null || webSocket.readyState === WebSocket.CLOSED) resolve();
        else webSocket.addEventListener('close', resolve);
        socket.destroy();
      }),
  };
}
