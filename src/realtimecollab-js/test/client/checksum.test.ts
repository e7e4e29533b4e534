import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChecksumMismatch, CollabDocument } from '../../src/client/index.js';
import { contentHash, Document } from '../../src/ot/index.js';
import { Room, type Guest } from './support/room.js';

const HEARTBEAT_MS = 11_000;

let room: Room;
let ada: Guest;
beforeEach(() => {
  room = new Room();
  ada = room.guest('ada');
});
afterEach(() => room.end());

const hub = () => room.hub.document('doc');
const hashOf = (content: unknown) => contentHash(Document.fromContent(content));

function mismatchesOf(document: CollabDocument): ChecksumMismatch[] {
  const told: ChecksumMismatch[] = [];
  document.on('checksumMismatch', (mismatch) => told.push(mismatch));
  return told;
}

test('a copy that differs is reported with both hashes, and replaced by the content of the server', async () => {
  const document = await ada.open('doc', { initialText: 'wrong copy' });
  const told = mismatchesOf(document);
  const changes: unknown[] = [];
  document.on('change', ({ origin, operation }) => changes.push([origin, operation.toJSON()]));
  hub().content = Document.fromText('right copy');
  await room.settle(HEARTBEAT_MS);
  const localHash = hashOf('wrong copy');
  expect(told).toEqual([{ documentId: 'doc', revision: 0, localHash, serverHash: hashOf('right copy') }]);
  expect([document.text, document.state, document.checksumMismatches]).toEqual(['right copy', 'synchronized', 1]);
  expect(changes).toMatchObject([['reload', expect.any(Array)]]);
  document.insert(0, 'the ');
  await room.settle();
  expect(hub().content.toString()).toBe('the right copy');
});

test('a copy that is right is left alone', async () => {
  const document = await ada.open('doc', { initialText: 'right' });
  document.insert(5, '!');
  await room.settle(3 * HEARTBEAT_MS);
  expect([room.hub.callsOf('StartEditing').length, document.checksumMismatches]).toEqual([1, 0]);
});

test('edits made while the content is loaded anew are kept where they belong, and saved once', async () => {
  const document = await ada.open('doc', { initialText: 'one two three' });
  document.on('checksumMismatch', () => document.insert(7, '!'));
  hub().content = Document.fromText('zero one two three four');
  await room.settle(HEARTBEAT_MS);
  const healed = 'zero one two! three four';
  expect([document.text, hub().content.toString(), document.state]).toEqual([healed, healed, 'synchronized']);
  expect(room.hub.callsOf('SubmitOperation')).toHaveLength(1);
});

test('so are those in rich text, formats included', async () => {
  hub().content = Document.fromContent(['ab cd']);
  const document = await ada.open();
  document.on('checksumMismatch', () => document.apply([3, { retain: 2, attributes: { bold: true } }]));
  hub().content = Document.fromContent(['a--b cd']);
  await room.settle(HEARTBEAT_MS);
  const healed = ['a--b ', { insert: 'cd', attributes: { bold: true } }];
  expect([document.content, hub().content.toContent()]).toEqual([healed, healed]);
});

test('others go on meanwhile, and a connection that breaks delays the healing', async () => {
  const document = await ada.open('doc', { initialText: 'wrong' });
  document.on('checksumMismatch', () => {
    document.insert(5, '!');
    room.hub.commitAs('bob', 'doc', [5, '?']);
    ada.transport.cut();
  });
  hub().content = Document.fromText('right');
  await room.settle(2 * HEARTBEAT_MS);
  expect([document.text, document.state]).toEqual([hub().content.toString(), 'synchronized']);
  expect([...document.text].sort().join('')).toBe('!?ghirt');
});

test('the undo of an edit from before takes back that edit alone', async () => {
  const document = await ada.open('doc', { initialText: 'x' });
  document.insert(1, 'mine');
  await room.settle();
  hub().content = Document.fromText('yy xmine');
  await room.settle(HEARTBEAT_MS);
  expect(document.text).toBe('yy xmine');
  document.undo();
  expect(document.text).toBe('yy x');
});

test('a server whose checksum is never that of its content is believed once for each revision', async () => {
  const document = await ada.open('doc', { initialText: 'same' });
  const told = mismatchesOf(document);
  hub().hash = () => '0000000000000000';
  await room.settle(5 * HEARTBEAT_MS);
  expect([told.length, document.text, document.state]).toEqual([1, 'same', 'synchronized']);
  room.hub.commitAs('bob', 'doc', [4, '!']);
  await room.settle(5 * HEARTBEAT_MS);
  expect(told.map(({ revision }) => revision)).toEqual([0, 1]);
});

test('a document with edits pending is not compared', async () => {
  const document = await ada.open('doc', { initialText: 'some' });
  hub().content = Document.fromText('same');
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'rate_limited' : undefined);
  await room.settle(8_000);
  document.insert(0, '!');
  await room.settle(3_000);
  expect(room.hub.callsOf('Heartbeat')).toHaveLength(1);
  expect([document.state, document.checksumMismatches]).toEqual(['saving', 0]);
});

test('nor is one at another revision than the checksum', async () => {
  const document = await ada.open('doc', { initialText: 'some' });
  hub().content = Document.fromText('same');
  hub().checksumRevision = () => 7;
  await room.settle(2 * HEARTBEAT_MS);
  expect([document.text, document.checksumMismatches]).toEqual(['some', 0]);
});

test('nor is one of more than two million units', async () => {
  const [longest, longer] = [await ada.open('longest'), await ada.open('longer')];
  for (const [id, length] of [
    ['longest', 2_000_000],
    ['longer', 2_000_001],
  ] as const) {
    room.hub.commitAs('bob', id, ['x'.repeat(length)]);
    room.hub.document(id).hash = () => '0000000000000000';
  }
  await room.settle(2 * HEARTBEAT_MS);
  expect([longest.checksumMismatches, longer.checksumMismatches]).toEqual([1, 0]);
});
