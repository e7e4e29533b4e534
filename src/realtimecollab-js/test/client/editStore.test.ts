import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryEditStore, type EditStore } from '../../src/client/index.js';
import { calm } from './support/fakeTransport.js';
import { Room, type Guest } from './support/room.js';

let room: Room;
let store: MemoryEditStore;
beforeEach(() => {
  room = new Room();
  store = new MemoryEditStore();
});
afterEach(() => room.end());

const text = () => room.hub.document('doc').content.toString();
const submitted = () => room.hub.callsOf('SubmitOperation') as { operationId: string; baseRevision: number }[];
const guest = (userId: string, editStore: EditStore = store) => room.guest(userId, calm, undefined, editStore);

/** The tab is closed: nothing of the client goes on, and nothing was said to the server. */
function closeTab(tab: Guest): void {
  tab.transport.isReachable = false;
  tab.transport.cut();
  void tab.client.close();
}

/** A tab that was closed with edits that the server does not have. */
async function leaveEdits(tab: Guest = guest('ada')): Promise<void> {
  const document = await tab.open('doc', { initialText: 'start' });
  tab.transport.isReachable = false;
  tab.transport.cut();
  document.insert(5, ' offline');
  document.insert(0, '> ');
  await room.settle();
  closeTab(tab);
  await room.settle();
}

test('edits made offline outlive the tab, and are sent once by the next one', async () => {
  await leaveEdits();
  expect([text(), store.size]).toEqual(['start', 1]);
  const document = await guest('ada').open();
  expect(document.text).toBe('> start offline');
  await room.settle();
  expect([text(), document.state, store.size]).toEqual(['> start offline', 'synchronized', 0]);
  expect((await guest('ada').open()).text).toBe('> start offline');
});

test('they are carried over what others did meanwhile', async () => {
  await leaveEdits();
  room.hub.commitAs('bob', 'doc', [5, ' online']);
  const document = await guest('ada').open();
  await room.settle();
  expect([document.text, text()]).toEqual(['> start offline online', '> start offline online']);
});

test('an operation that was committed just before the tab was closed is not sent again', async () => {
  const tab = guest('ada');
  const document = await tab.open('doc', { initialText: 'start' });
  document.insert(5, '!');
  while (text() === 'start') await room.settle(1); // it has arrived, its answer has not
  closeTab(tab);
  expect(store.size).toBe(1);
  const next = await guest('ada').open();
  await room.settle();
  expect([next.text, text(), submitted().length]).toEqual(['start!', 'start!', 1]);
});

test('an operation that was lost on its way is sent again as what it was', async () => {
  const tab = guest('ada');
  const document = await tab.open('doc', { initialText: 'start' });
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'store_unavailable' : undefined);
  document.insert(5, '!');
  await room.settle(10);
  closeTab(tab);
  await room.settle();
  room.hub.refuse = () => undefined;
  room.hub.commitAs('bob', 'doc', ['b', 5]);
  await guest('ada').open();
  await room.settle();
  const [first, second] = submitted();
  expect(text()).toBe('bstart!');
  expect(second).toEqual(first);
});

test('every operation is kept before it is sent', async () => {
  const kept: string[] = [];
  const watched: EditStore = {
    claim: (key, owner) => store.claim(key, owner),
    keep: async (key, owner, edits) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      kept.push(edits.outgoing.operationId);
      await store.keep(key, owner, edits);
    },
    forget: (key, owner) => store.forget(key, owner),
    release: (owner) => store.release(owner),
  };
  const document = await guest('ada', watched).open();
  const sentBeforeKept: string[] = [];
  room.hub.refuse = (method, argument: { operationId: string }) => {
    if (method === 'SubmitOperation' && !kept.includes(argument.operationId)) sentBeforeKept.push(argument.operationId);
    return undefined;
  };
  for (const letter of 'typing') {
    document.insert(document.length, letter);
    await room.settle(15);
  }
  await room.settle();
  expect([text(), document.state, sentBeforeKept]).toEqual(['typing', 'synchronized', []]);
  expect(submitted().length).toBeGreaterThan(1);
  expect(store.size).toBe(0);
});

test('a tab that is open keeps its edits to itself', async () => {
  const tab = guest('ada');
  const first = await tab.open('doc', { initialText: 'start' });
  tab.transport.isReachable = false;
  tab.transport.cut();
  first.insert(5, '!');
  await room.settle();
  const second = await guest('ada').open();
  expect([first.text, second.text]).toEqual(['start!', 'start']);
  tab.transport.isReachable = true;
  await room.settle(20_000);
  expect([first.text, second.text, text()]).toEqual(['start!', 'start!', 'start!']);
});

test("another user's edits are nobody else's", async () => {
  await leaveEdits();
  const document = await guest('bob').open();
  expect(document.text).toBe('start');
  expect([text(), store.size]).toEqual(['start', 1]);
});

test('a document that is closed offline and opened again has its edits', async () => {
  const tab = guest('ada');
  const document = await tab.open('doc', { initialText: 'start' });
  tab.transport.isReachable = false;
  tab.transport.cut();
  document.insert(5, '!');
  await room.during(document.close());
  tab.transport.isReachable = true;
  const again = await tab.open();
  await room.settle();
  expect([again.text, text(), store.size]).toEqual(['start!', 'start!', 0]);
});

test('edits that the server cannot place any more are a conflict when they come back', async () => {
  await leaveEdits();
  room.hub.commitAs('bob', 'doc', ['b', 5]);
  room.hub.document('doc').compact();
  const document = await guest('ada').open();
  expect([document.state, document.conflict?.code, document.text]).toEqual([
    'conflict',
    'revision_too_old',
    '> start offline',
  ]);
  document.resolveConflict('merge');
  await room.settle();
  expect([text(), store.size]).toEqual(['> bstart offline', 0]);
});

test('edits of somebody who may not write any more come back as a conflict', async () => {
  await leaveEdits();
  room.hub.document('doc').role = 'viewer';
  const document = await guest('ada').open();
  expect(document.conflict).toMatchObject({ code: 'permission_denied', content: '> start offline' });
  expect(text()).toBe('start');
});

test('a store that fails is reported, and hinders nothing', async () => {
  const broken: EditStore = {
    claim: () => Promise.reject(new Error('no room')),
    keep: () => Promise.reject(new Error('no room')),
    forget: () => Promise.reject(new Error('no room')),
    release: () => undefined,
  };
  const document = await guest('ada', broken).open();
  const errors: string[] = [];
  document.on('error', ({ code }) => errors.push(code));
  document.insert(0, 'goes on');
  await room.settle();
  expect([text(), document.state, errors[0]]).toEqual(['goes on', 'synchronized', 'edit_store_failed']);
});

test('edits that cannot be read are reported, and the document opens without them', async () => {
  await leaveEdits();
  const garbled: EditStore = {
    claim: async (key, owner) => {
      const edits = await store.claim(key, owner);
      return edits && { ...edits, outstanding: [99, 'x'] };
    },
    keep: (key, owner, edits) => store.keep(key, owner, edits),
    forget: (key, owner) => store.forget(key, owner),
    release: (owner) => store.release(owner),
  };
  expect((await guest('ada', garbled).open()).text).toBe('start');
});
