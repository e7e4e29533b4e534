import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IndexedDbEditStore } from '../../src/client/edits/indexedDbEditStore.js';
import { MemoryEditStore, type EditStore, type KeptEdits } from '../../src/client/index.js';
import { FakeLocks } from './support/fakeLocks.js';

const key = { server: 'http://hub', userId: 'ada', documentId: 'doc' };
const edits = (text: string): KeptEdits => ({
  revision: 3,
  content: ['a', { insert: { image: 'i.png' } }],
  outgoing: { operationId: text, baseRevision: 2, operation: [2, text] },
  outstanding: [2, text],
  buffer: null,
});

let database = 0;
beforeEach(() => vi.stubGlobal('navigator', { locks: new FakeLocks() }));
afterEach(() => vi.unstubAllGlobals());

/** Every store keeps what is said of the port. */
describe.each<[string, () => EditStore]>([
  ['MemoryEditStore', () => new MemoryEditStore()],
  ['IndexedDbEditStore', () => new IndexedDbEditStore(`test ${++database}`)],
])('%s', (_, create) => {
  test('gives nothing where nothing was left', async () => {
    expect(await create().claim(key, 'tab')).toBeNull();
  });

  test('gives what an owner that is gone has left, as it was kept last', async () => {
    const store = create();
    await store.keep(key, 'first', edits('old'));
    await store.keep(key, 'first', edits('new'));
    store.release('first');
    expect(await store.claim(key, 'second')).toEqual(edits('new'));
  });

  test('keeps what an owner that is there has', async () => {
    const store = create();
    await store.keep(key, 'first', edits('mine'));
    expect(await store.claim(key, 'second')).toBeNull();
    expect(await store.claim(key, 'first')).toEqual(edits('mine'));
  });

  test('gives what was left to one of those who ask for it at once', async () => {
    const store = create();
    await store.keep(key, 'gone', edits('once'));
    store.release('gone');
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => store.claim(key, owner)));
    expect(claims.filter((claim) => claim !== null)).toEqual([edits('once')]);
  });

  test('keeps what was taken over under its new owner', async () => {
    const store = create();
    await store.keep(key, 'first', edits('x'));
    store.release('first');
    await store.claim(key, 'second');
    store.release('second');
    expect(await store.claim(key, 'third')).toEqual(edits('x'));
  });

  test('forgets what the server has', async () => {
    const store = create();
    await store.keep(key, 'first', edits('x'));
    await store.forget(key, 'first');
    store.release('first');
    expect(await store.claim(key, 'second')).toBeNull();
  });

  test('gives what several have left, one after another', async () => {
    const store = create();
    for (const owner of ['first', 'second']) {
      await store.keep(key, owner, edits(owner));
      store.release(owner);
    }
    const one = await store.claim(key, 'third');
    await store.forget(key, 'third');
    const other = await store.claim(key, 'third');
    expect([one, other].map((claim) => claim?.outgoing.operationId).sort()).toEqual(['first', 'second']);
  });

  test.each([
    ['server', { ...key, server: 'http://other' }],
    ['user', { ...key, userId: 'bob' }],
    ['document', { ...key, documentId: 'other' }],
  ])('keeps apart what is of another %s', async (_, other) => {
    const store = create();
    await store.keep(key, 'first', edits('x'));
    store.release('first');
    expect(await store.claim(other, 'second')).toBeNull();
    expect(await store.claim(key, 'second')).toEqual(edits('x'));
  });
});

test('a page without locks is told that there is no store', () => {
  expect(IndexedDbEditStore.isSupported).toBe(true);
  vi.stubGlobal('navigator', {});
  expect(IndexedDbEditStore.isSupported).toBe(false);
});
