// ShareDB's own client over ws.
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { Copy } from './copy.mjs';

const require = createRequire(import.meta.url);
const { Connection, types } = require('sharedb/lib/client');
const unicode = require('ot-text-unicode').type;
const rich = require('rich-text').type;
types.register(unicode);
types.register(rich);

const kinds = {
  text: {
    type: unicode.uri,
    create: (text) => text,
    read: (data) => data,
    make: (position, deleted, inserted) => [
      ...(position ? [position] : []),
      ...(inserted ? [inserted] : []),
      ...(deleted ? [{ d: deleted }] : []),
    ],
    components: (op) => op.map((c) => (typeof c === 'object' ? { gone: c.d.length ?? c.d } : typeof c === 'string' ? { text: c } : { kept: c })),
  },
  rich: {
    type: rich.uri,
    create: (text) => [{ insert: text }],
    read: (data) => data.ops.map(({ insert }) => insert).join(''),
    make: (position, deleted, inserted) => [
      ...(position ? [{ retain: position }] : []),
      ...(inserted ? [{ insert: inserted }] : []),
      ...(deleted ? [{ delete: deleted }] : []),
    ],
    components: (op) => (op.ops ?? op).map((c) => ({ kept: c.retain, text: c.insert, gone: c.delete })),
  },
};

class ShareCopy extends Copy {
  #document;
  #kind;

  constructor(document, kind) {
    super();
    this.#document = document;
    this.#kind = kind;
    this.length = kind.read(document.data).length;
    document.on('op', (op, isOwn) => {
      if (!isOwn) this.#walk(kind.components(op));
    });
    document.on('error', (error) => {
      throw error;
    });
  }

  text() {
    return this.#kind.read(this.#document.data);
  }

  edit(position, deleted, inserted) {
    this.edits++;
    this.length += inserted.length - deleted;
    this.#document.submitOp(this.#kind.make(position, deleted, inserted), (error) => {
      if (error) throw error;
      this.committed();
    });
  }

  #walk(components) {
    let position = 0;
    for (const { kept = 0, text = '', gone = 0 } of components) {
      position += kept;
      if (!text && !gone) continue;
      this.length += text.length - gone;
      this.onRemote(position, gone, text);
      position += text.length;
    }
  }
}

const done = (start) => new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));

export const connector = (kindName) => async (address) => {
  const kind = kinds[kindName];
  const socket = new WebSocket(address.replace('http', 'ws'));
  const connection = new Connection(socket);
  await new Promise((resolve, reject) => {
    connection.once('connected', resolve);
    socket.once('error', reject);
  });
  return {
    async open(documentId, text) {
      const document = connection.get('documents', documentId);
      await done((callback) => document.subscribe(callback));
      if (!document.type) await done((callback) => document.create(kind.create(text), kind.type, callback));
      return new ShareCopy(document, kind);
    },
    close: () =>
      new Promise((resolve) => {
        socket.once('close', resolve);
        connection.close();
      }),
  };
};
