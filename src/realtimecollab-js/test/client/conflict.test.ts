import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CollabDocument } from '../../src/client/index.js';
import { Document } from '../../src/ot/index.js';
import { Room, type Guest } from './support/room.js';

let room: Room;
let ada: Guest;
beforeEach(() => {
  room = new Room();
  ada = room.guest('ada');
});
afterEach(() => room.end());

const hub = () => room.hub.document('doc');
const text = () => hub().content.toString();

/** A document in conflict: Bob's entry that Ada misses was compacted while she wrote offline. */
async function inConflict(mine: (document: CollabDocument) => void = (document) => document.insert(4, ' mine')) {
  const document = await ada.open('doc', { initialText: 'base' });
  ada.transport.cut();
  mine(document);
  room.hub.commitAs('bob', 'doc', ['their ', 4]);
  hub().compact();
  await room.settle();
  expect(document.state).toBe('conflict');
  return document;
}

test('a conflict that is merged carries the edits into the content of the server', async () => {
  const document = await inConflict();
  document.resolveConflict('merge');
  await room.settle();
  expect([document.text, text(), document.state]).toEqual(['their base mine', 'their base mine', 'synchronized']);
  document.undo();
  expect(document.text).toBe('their base');
});

test('edits made within the conflict are merged too', async () => {
  const document = await inConflict();
  document.insert(9, '!');
  document.resolveConflict('merge');
  document.delete(0, 1);
  await room.settle();
  expect([document.text, text()]).toEqual(['their ase mine!', 'their ase mine!']);
});

test('a conflict that is overwritten puts what is here in place of the content of the server, as an edit', async () => {
  const document = await inConflict();
  const changes: string[] = [];
  document.on('change', ({ origin }) => changes.push(origin));
  document.resolveConflict('overwrite');
  await room.settle();
  expect([document.text, text(), changes]).toEqual(['base mine', 'base mine', []]);
  expect(hub().log).toHaveLength(1);
});

test('a copy that is newer than a restored server can be put back', async () => {
  const document = await ada.open();
  document.insert(0, 'since the backup');
  await room.settle();
  ada.transport.cut();
  room.hub.documents.delete('doc');
  await room.settle(20_000);
  expect(document.conflict).toMatchObject({ code: 'revision_ahead', pending: null, content: 'since the backup' });
  document.resolveConflict('overwrite');
  await room.settle();
  expect([document.text, text(), document.state]).toEqual(['since the backup', 'since the backup', 'synchronized']);
});

test('a conflict of rich text is merged with its formats', async () => {
  hub().content = Document.fromContent(['base']);
  const document = await inConflict((opened) => opened.format(0, 4, { bold: true }));
  document.resolveConflict('merge');
  await room.settle();
  const expected = ['their ', { insert: 'base', attributes: { bold: true } }];
  expect([document.content, hub().content.toContent()]).toEqual([expected, expected]);
});

test('edits of somebody who may not write any more can only be discarded', async () => {
  const document = await ada.open('doc', { initialText: 'base' });
  ada.transport.cut();
  document.insert(4, ' mine');
  hub().role = 'viewer';
  await room.settle();
  expect([document.state, document.conflict?.code]).toEqual(['conflict', 'permission_denied']);
  expect(() => document.resolveConflict('merge')).toThrow(expect.objectContaining({ code: 'permission_denied' }));
  expect(document.state).toBe('conflict');
  document.resolveConflict('discard');
  await room.settle();
  expect([document.text, document.state, document.readOnly]).toEqual(['base', 'synchronized', true]);
});

test('without a conflict there is nothing to resolve', async () => {
  const document = await ada.open('doc', { initialText: 'base' });
  document.insert(4, '!');
  document.resolveConflict('discard');
  await room.settle();
  expect([document.text, text()]).toEqual(['base!', 'base!']);
});
