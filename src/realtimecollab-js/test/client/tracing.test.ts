import { afterEach, beforeEach, expect, test } from 'vitest';
import { CollabError, type ReceivedEntry, type Tracer } from '../../src/client/index.js';
import { Room } from './support/room.js';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let room: Room;
beforeEach(() => (room = new Room()));
afterEach(() => room.end());

/** Notes what it is told. */
class NotingTracer implements Tracer {
  readonly ended: unknown[] = [];
  readonly received: ReceivedEntry[] = [];

  submit({ documentId }: { documentId: string }) {
    return {
      traceparent: TRACEPARENT,
      end: (error?: unknown) => this.ended.push([documentId, error instanceof CollabError ? error.code : 'saved']),
    };
  }

  receive(entry: ReceivedEntry): void {
    this.received.push(entry);
  }
}

test('the context of a submission travels with it, and comes with the entry to everybody', async () => {
  const [author, reader] = [new NotingTracer(), new NotingTracer()];
  const mine = await room.guest('ada', undefined, undefined, undefined, author).open();
  await room.guest('bob', undefined, undefined, undefined, reader).open();
  mine.insert(0, 'x');
  await room.settle();
  expect(room.hub.callsOf('SubmitOperation')).toMatchObject([{ traceparent: TRACEPARENT }]);
  expect(author.ended).toEqual([['doc', 'saved']]);
  expect(reader.received).toMatchObject([{ documentId: 'doc', revision: 1, traceparent: TRACEPARENT }]);
  expect(author.received).toEqual(reader.received);
});

test('a submission that fails ends its span with the reason, and the next attempt has one of its own', async () => {
  const tracer = new NotingTracer();
  const mine = await room.guest('ada', undefined, undefined, undefined, tracer).open();
  let failures = 1;
  room.hub.refuse = (method) => (method === 'SubmitOperation' && failures-- > 0 ? 'store_unavailable' : undefined);
  mine.insert(0, 'x');
  await room.settle(60_000);
  expect(tracer.ended).toEqual([
    ['doc', 'store_unavailable'],
    ['doc', 'saved'],
  ]);
  expect(mine.state).toBe('synchronized');
});

test('without a tracer nothing is added to what is sent', async () => {
  const mine = await room.guest('ada').open();
  mine.insert(0, 'x');
  await room.settle();
  expect(room.hub.callsOf('SubmitOperation')[0]).not.toHaveProperty('traceparent');
});
