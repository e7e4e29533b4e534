// The client that applications use, with its defaults: MessagePack, edits that wait for one under way are composed.
import { CollabClient } from '../../../../../src/realtimecollab-js/dist/index.js';
import { Copy } from './copy.mjs';

class OurCopy extends Copy {
  #document;

  constructor(document) {
    super();
    this.#document = document;
    document.on('state', (state) => {
      if (state === 'synchronized' && !this.isCommitted) this.committed(this.edits - this.commits);
    });
    document.on('change', ({ origin, operation }) => {
      if (origin === 'remote') this.#walk(operation.toJSON());
    });
    for (const trouble of ['rejected', 'conflict', 'closed', 'checksumMismatch'])
      document.on(trouble, () => {
        if (!this.isEnding) throw new Error(`realtimecollab: ${trouble}`);
      });
  }

  get length() {
    return this.#document.length;
  }

  text() {
    return this.#document.text;
  }

  edit(position, deleted, inserted) {
    this.edits++;
    this.#document.replace(position, deleted, inserted);
  }

  #walk(components) {
    let position = 0;
    for (const component of components) {
      if (typeof component === 'string') {
        this.onRemote(position, 0, component);
        position += component.length;
      } else if (component > 0) position += component;
      else this.onRemote(position, -component, '');
    }
  }
}

const tokens = new Map();

/** Signs a user in, which the others do not ask for: before any clock runs. */
export async function signIn(address, number) {
  const userId = `user${number}`;
  const answer = await fetch(`${address}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, userName: userId }),
  });
  tokens.set(number, (await answer.json()).token);
}

export async function connect(address, number) {
  if (!tokens.has(number)) await signIn(address, number);
  const client = new CollabClient({ url: address, token: () => tokens.get(number) });
  const copies = [];
  return {
    async open(documentId, text) {
      const document = await client.open(documentId, { initialText: text });
      const copy = new OurCopy(document);
      copies.push(copy);
      return copy;
    },
    async close() {
      for (const copy of copies) copy.isEnding = true;
      await client.close();
    },
  };
}
