import { describe, expect, test } from 'vitest';
import { EntryOrder } from '../../src/client/document/entryOrder.js';
import type { CommittedOperation } from '../../src/protocol/index.js';

function entry(revision: number): CommittedOperation {
  return { revision, clientId: 'c', userId: 'u', operationId: `o${revision}`, operation: [1], timestamp: '' };
}

/** The revisions that can be taken one after another. */
function takeAll(order: EntryOrder): number[] {
  const revisions: number[] = [];
  for (let next = order.next; next !== undefined; next = order.next) {
    revisions.push(next.revision);
    order.take(next);
  }
  return revisions;
}

describe('EntryOrder', () => {
  test('entries come out in the order of their revisions and once, however they came in', () => {
    const order = new EntryOrder();
    order.startAfter(2);
    order.add([5, 3, 5, 1, 7].map(entry));
    expect(takeAll(order)).toEqual([3]);
    order.add([3, 4, 4].map(entry));
    expect(takeAll(order)).toEqual([4, 5]);
    order.add([6, 7, 8].map(entry));
    expect(takeAll(order)).toEqual([6, 7, 8]);
  });

  test('what comes before the first content follows it', () => {
    const order = new EntryOrder();
    order.add([4, 3].map(entry));
    expect(order.next).toBeUndefined();
    order.startAfter(3);
    expect(order.head).toBe(4);
    expect(takeAll(order)).toEqual([4]);
  });

  test('a later content forgets what waits: it may belong to a log that was set back', () => {
    const order = new EntryOrder();
    order.startAfter(1);
    order.add([3, 4].map(entry));
    order.startAfter(2);
    expect(order.head).toBe(2);
    expect(order.next).toBeUndefined();
  });

  test('of what waits no more than a limit is kept: what is needed first', () => {
    const order = new EntryOrder();
    order.startAfter(0);
    order.add(Array.from({ length: 10_001 }, (_, index) => entry(index + 2)));
    expect(order.head).toBe(10_002);
    order.add([entry(1)]);
    const taken = takeAll(order);
    expect(taken).toHaveLength(10_000);
    expect(taken[0]).toBe(1);
  });
});
