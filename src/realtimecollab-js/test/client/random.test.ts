import { expect, test } from 'vitest';
import type { CollabDocument } from '../../src/client/index.js';
import { randomFrom, type Random } from '../ot/support/random.js';
import { badNetwork } from './support/badNetwork.js';
import { Room, type Guest } from './support/room.js';

const SESSIONS = Number(process.env['COLLAB_SESSIONS'] ?? 60);
const FIRST_SEED = Number(process.env['COLLAB_SEED'] ?? 1);

function editAtRandom(document: CollabDocument, random: Random): void {
  const position = wholePosition(document, random(document.length + 1));
  const kind = random(8);
  if (kind < 4) document.insert(position, ['a', 'bc', '\n', '😀', ' '][random(5)] as string);
  else if (kind < 6)
    document.delete(position, wholePosition(document, Math.min(document.length, position + random(4))) - position);
  else if (kind === 6) document.undo();
  else document.redo();
}

/** Not within a surrogate pair. */
function wholePosition(document: CollabDocument, position: number): number {
  const unit = document.text.charCodeAt(position);
  return (unit & 0xfc00) === 0xdc00 ? position - 1 : position;
}

async function runSession(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const room = new Room();
  const guests: Guest[] = [];
  const documents: CollabDocument[] = [];
  for (let index = 0; index < 3; index++) {
    const guest = room.guest(`user${index}`, badNetwork(random));
    guests.push(guest);
    documents.push(await guest.open('one', { initialText: 'start' }), await guest.open('two'));
  }
  for (let step = 0; step < 80; step++) {
    editAtRandom(documents[random(documents.length)] as CollabDocument, random);
    const guest = guests[random(guests.length)] as Guest;
    const luck = random(20);
    if (luck === 0) guest.transport.cut();
    if (luck === 1) guest.transport.isReachable = !guest.transport.isReachable;
    await room.settle(random(120));
  }
  for (const { transport } of guests) transport.isReachable = true;
  await room.settle(60_000);
  for (const document of documents) {
    expect(document.state).toBe('synchronized');
    expect(document.checksumMismatches).toBe(0);
    expect(document.revision).toBe(room.hub.document(document.id).revision);
    expect(document.text).toBe(room.hub.document(document.id).content.toString());
  }
  expectEachOnce(room);
  await room.end();
}

/** No operation is in a log twice. */
function expectEachOnce(room: Room): void {
  for (const { log } of room.hub.documents.values()) {
    expect(new Set(log.map(({ operationId }) => operationId)).size).toBe(log.length);
  }
}

test(`three clients with two documents each agree, whatever the network does (${SESSIONS} sessions from seed ${FIRST_SEED})`, async () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SESSIONS; seed++) {
    try {
      await runSession(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
    }
  }
}, 300_000);
