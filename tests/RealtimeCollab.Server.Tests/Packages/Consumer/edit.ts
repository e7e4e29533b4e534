// A program of somebody who installed the package: edits two documents, and reads what became of one.
import { CollabClient, MemoryEditStore, type CollabDocument, type DocumentState } from 'realtimecollab-js';
import { TextOperation } from 'realtimecollab-js/ot';

declare const process: { readonly argv: readonly string[] };
const [, , url = '', token = ''] = process.argv;

const client = new CollabClient({ url, token: () => token, device: 'Node', editStore: new MemoryEditStore() });
const notes = await client.open('notes', { initialText: 'Hello' });
const letter = await client.open('letter', { contentType: 'richText', initialText: '\n' });
const states: DocumentState[] = [];
notes.on('state', (state) => states.push(state));

notes.insert(5, ', world');
notes.apply(TextOperation.replace(notes.length, 0, 5, 'Goodbye'));
notes.undo();
letter.insert(0, 'Dear');
letter.format(0, 4, { bold: true });
await Promise.all([saved(notes), saved(letter)]);

await notes.versions.create('Greeting', 1);
const [version] = await notes.versions.list();
const first = await notes.versions.read(1);
await notes.versions.restore(1);
await changed(notes, () => notes.text === 'Hello');

console.log(JSON.stringify({ states, version: version?.name, first: first.content, text: notes.text, letter: letter.content }));
await client.close();

function saved(document: CollabDocument): Promise<void> {
  return changed(document, () => document.state === 'synchronized');
}

function changed(document: CollabDocument, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (holds()) resolve();
    };
    document.on('state', check);
    document.on('change', check);
    check();
  });
}
