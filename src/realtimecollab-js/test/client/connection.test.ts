import { afterEach, beforeEach, expect, test } from 'vitest';
import { Document } from '../../src/ot/index.js';
import { calm } from './support/fakeTransport.js';
import { Room, type Guest } from './support/room.js';

let room: Room;
let ada: Guest;
beforeEach(() => {
  room = new Room();
  ada = room.guest('ada');
});
afterEach(() => room.end());

const text = () => room.hub.document('doc').content.toString();
const submitted = () =>
  room.hub.callsOf('SubmitOperation') as { operationId: string; baseRevision: number; operation: unknown }[];

test('edits made without a connection are kept, and sent when there is one', async () => {
  const document = await ada.open();
  ada.transport.isReachable = false;
  ada.transport.cut();
  expect(document.state).toBe('offline');
  document.insert(0, 'offline');
  await room.settle(60_000);
  expect([document.state, document.hasUnsavedEdits, text()]).toEqual(['offline', true, '']);
  ada.transport.isReachable = true;
  await room.settle(20_000);
  expect([document.state, document.hasUnsavedEdits, text()]).toEqual(['synchronized', false, 'offline']);
});

test('what others did meanwhile comes in on return, as operations', async () => {
  const document = await ada.open('doc', { initialText: 'ac' });
  ada.transport.cut();
  document.insert(2, '!');
  room.hub.commitAs('bob', 'doc', [1, 'b', 1]);
  const origins: string[] = [];
  document.on('change', ({ origin }) => origins.push(origin));
  await room.settle();
  expect([document.text, text(), origins]).toEqual(['abc!', 'abc!', ['remote']]);
});

test('an operation that was committed before its connection broke is sent again with the same id, and applied once', async () => {
  const document = await ada.open();
  document.insert(0, 'once');
  await room.settle(1); // it has arrived, its answer has not
  expect(text()).toBe('once');
  ada.transport.cut();
  expect(document.state).toBe('offline');
  await room.settle();
  expect([document.text, document.state, text()]).toEqual(['once', 'synchronized', 'once']);
  expect(submitted()).toHaveLength(1); // found among the missed entries, so that it need not be sent again
});

test('an operation that was lost on its way is sent again just as it was, while others went on', async () => {
  const document = await ada.open('doc', { initialText: '.' });
  document.insert(0, 'again');
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'store_unavailable' : undefined);
  await room.settle(1);
  ada.transport.cut();
  room.hub.refuse = () => undefined;
  room.hub.commitAs('bob', 'doc', ['b', 1]);
  await room.settle();
  const [first, second] = submitted();
  expect(second).toEqual(first);
  expect([document.text, text()]).toEqual(['againb.', 'againb.']);
});

test('edits that were made behind an operation in flight follow it after a reconnect', async () => {
  const document = await ada.open();
  document.insert(0, 'a');
  document.insert(1, 'b');
  ada.transport.cut();
  document.insert(2, 'c');
  await room.settle();
  expect([document.text, text(), document.state]).toEqual(['abc', 'abc', 'synchronized']);
  expect(submitted().map(({ operation }) => operation)).toEqual([['a'], [1, 'bc']]);
});

test('entries that arrive twice or too late are applied once and in order', async () => {
  let copies: readonly number[] = [0];
  const bob = room.guest('bob', { ...calm, callback: () => copies });
  const document = await bob.open();
  copies = [50, 0];
  room.hub.commitAs('ada', 'doc', ['1']);
  copies = [120];
  room.hub.commitAs('ada', 'doc', [1, '2']);
  copies = [0, 0];
  room.hub.commitAs('ada', 'doc', [2, '3']);
  await room.settle(2);
  expect(document.text).toBe('1');
  await room.settle();
  expect([document.text, document.revision]).toEqual(['123', 3]);
  expect(room.hub.callsOf('GetOperations')).toEqual([]);
});

test('a gap is filled from the log', async () => {
  let copies: readonly number[] = [0];
  const bob = room.guest('bob', { ...calm, callback: () => copies });
  const document = await bob.open();
  copies = [];
  for (let revision = 0; revision < 7; revision++)
    room.hub.commitAs('ada', 'doc', revision === 0 ? ['x'] : [revision, 'x']);
  copies = [0];
  room.hub.commitAs('ada', 'doc', [7, 'y']);
  await room.settle();
  expect(document.text).toBe('xxxxxxxy');
  expect(room.hub.callsOf('GetOperations').length).toBeGreaterThan(1); // the fake hub gives three at a time
});

test('a lost last message is found by the heartbeat', async () => {
  let copies: readonly number[] = [0];
  const bob = room.guest('bob', { ...calm, callback: () => copies });
  const document = await bob.open();
  copies = [];
  room.hub.commitAs('ada', 'doc', ['last']);
  await room.settle(5000);
  expect(document.text).toBe('');
  await room.settle(6000);
  expect(document.text).toBe('last');
});

test('an answer that overtakes the echo marks the edit as saved; the echo is asked for when it does not come', async () => {
  let copies: readonly number[] = [0];
  const bob = room.guest('bob', { ...calm, callback: () => copies });
  const document = await bob.open();
  copies = [];
  document.insert(0, 'a');
  await room.settle(3);
  expect([document.state, document.revision]).toEqual(['synchronized', 0]);
  document.insert(1, 'b');
  expect(document.state).toBe('saving');
  await room.settle();
  expect([document.state, document.revision, text()]).toEqual(['synchronized', 2, 'ab']);
});

test('entries that overtake the snapshot wait for it', async () => {
  room.hub.commitAs('bob', 'doc', ['x']);
  let isSlow = false;
  const carol = room.guest('carol', { delay: () => (isSlow ? 100 : 1), callback: () => [1] });
  const opening = carol.client.open('doc');
  await room.settle(1); // connected, and the call is on its way
  isSlow = true;
  await room.settle(1);
  expect(room.hub.document('doc').members.size).toBe(1); // joined, and the answer is on its way
  room.hub.commitAs('bob', 'doc', [1, 'y']);
  await room.settle(50);
  const document = await room.during(opening);
  expect([document.text, document.revision]).toEqual(['xy', 2]);
  expect(room.hub.callsOf('GetOperations')).toEqual([]);
});

test('a server that forgot the client is joined again', async () => {
  const document = await ada.open();
  room.hub.document('doc').members.clear();
  document.insert(0, 'still here');
  await room.settle();
  expect([document.state, text()]).toEqual(['synchronized', 'still here']);
});

test('a server that is short of something for a while gets the operation again', async () => {
  const document = await ada.open();
  let refusals = 3;
  room.hub.refuse = (method) => (method === 'SubmitOperation' && refusals-- > 0 ? 'rate_limited' : undefined);
  document.insert(0, 'patience');
  // three waits of at most 1, 2 and 3 s
  await room.settle(7000);
  expect([document.state, text(), new Set(submitted().map(({ operationId }) => operationId)).size]).toEqual([
    'synchronized',
    'patience',
    1,
  ]);
});

test('a server that is draining is left, and the operation goes to the next one', async () => {
  const document = await ada.open();
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'server_draining' : undefined);
  document.insert(0, 'moving');
  const connections: string[] = [];
  ada.client.on('connection', (state) => {
    connections.push(state);
    room.hub.refuse = () => undefined;
  });
  await room.settle();
  expect([document.state, text(), connections]).toEqual(['synchronized', 'moving', ['moving', 'connected']]);
});

test('a server that lets go, for it stops or the token has ended, is left for the next one without a sign of trouble', async () => {
  const document = await ada.open('doc', { initialText: '.' });
  const signs: unknown[] = [];
  document.on('state', (state) => signs.push(state));
  document.on('error', (error) => signs.push(error));
  ada.client.on('error', (error) => signs.push(error));
  ada.transport.cut(null);
  room.hub.commitAs('bob', 'doc', [1, 'b']);
  expect(document.state).toBe('synchronized');
  await room.settle();
  expect([document.text, document.state, signs]).toEqual(['.b', 'synchronized', []]);

  document.insert(0, 'a');
  ada.transport.cut(null);
  await room.settle();
  expect([text(), document.state, signs]).toEqual(['a.b', 'synchronized', ['saving', 'synchronized']]);
});

test('a server that lets go and leaves nobody in its place is one that cannot be reached', async () => {
  const document = await ada.open();
  const errors: string[] = [];
  ada.client.on('error', ({ code }) => errors.push(code));
  ada.transport.isReachable = false;
  ada.transport.cut(null);
  expect(document.state).toBe('synchronized');
  await room.settle();
  expect([document.state, ada.client.connection, errors[0]]).toEqual(['offline', 'connecting', 'connection_lost']);
});

test('a node that is behind the store for a moment is asked again', async () => {
  const document = await ada.open();
  document.insert(0, 'newer');
  await room.settle();
  const { log, revision } = room.hub.document('doc');
  const [entry] = log.splice(0);
  const { content } = room.hub.document('doc');
  room.hub.document('doc').content = Document.fromText('');
  ada.transport.cut();
  await room.settle(900);
  expect([document.state, room.hub.document('doc').revision]).toEqual(['offline', revision - 1]);
  log.push(entry as never);
  room.hub.document('doc').content = content;
  await room.settle(3_000);
  expect([document.state, document.text, document.conflict]).toEqual(['synchronized', 'newer', null]);
});

test('a store that does not answer for a long time gets the operation in the end', async () => {
  const document = await ada.open();
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'store_unavailable' : undefined);
  document.insert(0, 'kept');
  await room.settle(10 * 60_000);
  expect([document.text, document.state]).toEqual(['kept', 'saving']);
  room.hub.refuse = () => undefined;
  await room.settle(10_000);
  expect([text(), document.state]).toEqual(['kept', 'synchronized']);
});

test('a client that is closed is disconnected, and nothing else before', async () => {
  const document = await ada.open();
  const signs: string[] = [];
  ada.client.on('connection', (state) => signs.push(state));
  document.on('state', (state) => signs.push(state));
  await room.during(ada.client.close());
  expect([signs, ada.client.connection, document.isClosed]).toEqual([
    ['offline', 'disconnected'],
    'disconnected',
    true,
  ]);
});

test('connecting never ends by itself, and waits longer each time', async () => {
  ada.transport.isReachable = false;
  const errors: string[] = [];
  ada.client.on('error', ({ code }) => errors.push(code));
  const opening = ada.client.open('doc');
  await room.settle(10 * 60_000);
  expect(errors.length).toBeGreaterThan(190);
  expect(errors.length).toBeLessThan(420);
  ada.transport.isReachable = true;
  const document = await room.during(opening);
  expect(document.state).toBe('synchronized');
});

test('a client that is told so gives up, and tries again when it is asked to', async () => {
  const eve = room.guest('eve', calm, (attempt) => (attempt < 3 ? 10 : null));
  eve.transport.isReachable = false;
  const opening = eve.client.open('doc');
  await room.settle();
  expect(eve.client.connection).toBe('disconnected');
  eve.transport.isReachable = true;
  eve.client.reconnectNow();
  expect((await room.during(opening)).state).toBe('synchronized');
});

test('a server that accepts and closes at once is not asked again at once', async () => {
  let connections = 0;
  ada.client.on('connection', (state) => {
    if (state === 'connected' && ++connections > 0) queueMicrotask(() => ada.transport.cut());
  });
  const opening = ada.client.open('doc');
  opening.catch(() => undefined); // closed at the end, before it was opened
  await room.settle(10 * 60_000);
  expect(connections).toBeGreaterThan(190);
  expect(connections).toBeLessThan(420);
});

test('an entry that overtakes the answer to the rejoining is no sign that the server was set back', async () => {
  let late = 0;
  const bob = room.guest('bob', { delay: () => (late === 0 ? 1 : 30), callback: () => [late] });
  const document = await bob.open('doc', { initialText: 'a' });
  bob.transport.cut();
  late = 1;
  while (room.hub.callsOf('StartEditing').length < 2) await room.settle(1);
  room.hub.commitAs('ada', 'doc', [1, 'b']);
  await room.settle(1);
  expect(document.text).toBe('ab');
  await room.settle();
  expect([document.text, document.state]).toEqual(['ab', 'synchronized']);
});
