import { expect, test } from 'vitest';
import type { ChatMessage, ChatRoom } from '../../../src/client/chat/index.js';
import { randomFrom, type Random } from '../../ot/support/random.js';
import { ChatGuests, type ChatGuest } from '../support/chatGuests.js';
import { badNetwork } from '../support/badNetwork.js';

const SESSIONS = Number(process.env['COLLAB_SESSIONS'] ?? 300);
const FIRST_SEED = Number(process.env['COLLAB_SEED'] ?? 1);

/** What one client was told, and what it may expect of its own messages. */
interface Log {
  readonly guest: ChatGuest;
  readonly room: ChatRoom;
  readonly heard: ChatMessage[];
  readonly acknowledged: string[];
  readonly written: string[];
}

function actAtRandom({ room, written, acknowledged }: Log, random: Random): void {
  const kind = random(10);
  if (kind < 5) {
    const text = `${room.members.length} ${written.length} ${random(1e6)}`;
    written.push(text);
    void room.send(text).then(() => acknowledged.push(text));
    return;
  }
  const message = room.messages[random(Math.max(room.messages.length, 1))];
  if (message === undefined) return;
  const { messageId } = message;
  if (kind < 7) void room.edit(messageId, `edited ${random(1e6)}`);
  else if (kind < 9) void room.react(messageId, '👍', random(2) === 0);
  else if (message.deletedAt === undefined && random(3) === 0) void room.delete(messageId);
}

async function runSession(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const guests = new ChatGuests();
  const logs: Log[] = [];
  for (let index = 0; index < 3; index++) {
    const guest = guests.guest(`user${index}`, badNetwork(random));
    const room = await guest.join();
    const log: Log = { guest, room, heard: [...room.messages], acknowledged: [], written: [] };
    room.on('message', (message) => log.heard.push(message));
    logs.push(log);
  }
  for (let step = 0; step < 80; step++) {
    const log = logs[random(logs.length)] as Log;
    actAtRandom(log, random);
    const { transport } = log.guest;
    const luck = random(15);
    if (luck === 0) transport.cut();
    if (luck === 1) transport.isReachable = !transport.isReachable;
    await guests.settle(random(150));
  }
  for (const { guest } of logs) guest.transport.isReachable = true;
  await guests.settle(90_000);
  const stored = guests.hub.room('notes').messages;
  const everything = stored.map(({ sequence }) => sequence);
  for (const { room, heard, acknowledged, written } of logs) {
    expect(heard.map(({ sequence }) => sequence)).toEqual(everything); // each once, in order
    expect(room.messages).toEqual(stored);
    expect(acknowledged).toEqual(written);
    expect(room.pending).toEqual([]);
  }
  const ids = stored.map(({ senderId, clientMessageId }) => `${senderId} ${clientMessageId}`);
  expect(new Set(ids).size).toBe(logs.reduce((sum, { written }) => sum + written.length, 0));
  expect(ids).toHaveLength(new Set(ids).size);
  await guests.end();
}

test(`three clients of a room see every message once and in order, whatever the network does (${SESSIONS} sessions from seed ${FIRST_SEED})`, async () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SESSIONS; seed++) {
    try {
      await runSession(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
    }
  }
}, 300_000);
