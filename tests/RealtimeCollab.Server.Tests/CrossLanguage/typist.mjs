// One TypeScript client of the cross-language test. It types at random into its documents, and does what its standard input says:
// a line for each order, a line of JSON for each answer.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

const [library, url, token, documents, firstMark, seed] = process.argv.slice(2);
const { CollabClient, OperationBuilder, contentHash } = await import(pathToFileURL(library));
const random = randomFrom(Number(seed));
const client = new CollabClient({ url, token: async () => token, retry: () => 20 + random(100) });
const open = new Map();
for (const id of documents.split(',')) open.set(id, await client.open(id, { contentType: id === 'rich' ? 'richText' : 'text' }));
let marks = Number(firstMark);
answer({ ready: true });

const orders = {
  async type(id, edits) {
    for (let i = 0; i < Number(edits); i++) {
      press(open.get(id));
      await wait(random(40));
    }
    return {};
  },
  async undoAll(id) {
    while (open.get(id).undo());
    return {};
  },
  async report(id, revision) {
    const document = open.get(id);
    while (document.state !== 'synchronized' || document.revision < Number(revision)) await wait(10);
    return { state: document.state, revision: document.revision, text: document.text, hash: contentHash(document.snapshot) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...rest] = line.split(' ');
  orders[name](...rest).then(answer, (error) => answer({ error: String(error) }));
}
await client.close();

function press(document) {
  const { length } = document;
  switch (random(10)) {
    case 0:
      return document.undo();
    case 1:
      return document.redo();
    case 2:
      return deleteOwn(document);
    case 3:
    case 4:
      if (document.contentType === 'richText' && length > 0) return format(document);
  }
  const attributes = document.contentType === 'richText' && random(3) === 0 ? { italic: true } : {};
  document.insert(random(length + 1), String.fromCharCode(marks++), attributes);
}

/** Only what it typed itself, so that whatever else is missing is a mistake. */
function deleteOwn(document) {
  const own = [...document.text].map((unit, at) => [unit.charCodeAt(0), at]).filter(([code]) => code >= Number(firstMark) && code < marks);
  if (own.length > 0) document.delete(own[random(own.length)][1], 1);
}

function format(document) {
  const start = random(document.length);
  const length = 1 + random(Math.min(20, document.length - start));
  const attributes = [{ bold: true }, { bold: null }, { color: `#${random(3)}00` }][random(3)];
  document.apply(new OperationBuilder().retain(start).retain(length, attributes).build());
}

function answer(value) {
  console.log(JSON.stringify(value));
}

/** Mulberry32: small, and the same on every machine. */
function randomFrom(start) {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
