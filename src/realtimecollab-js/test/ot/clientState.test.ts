import { describe, expect, test } from 'vitest';
import { ClientState, Document } from '../../src/ot/index.js';
import { json, op } from './support/vectors.js';

describe('ClientState', () => {
  test('a first edit goes out at once, with the revision that it was made for', () => {
    const state = ClientState.synchronized(7).applyLocal(op([1, 'x']));
    expect([state.status, state.revision, state.outgoing?.baseRevision, json(state.outgoing?.operation)]).toEqual([
      'awaiting',
      7,
      7,
      [1, 'x'],
    ]);
  });

  test('further edits wait, composed, and go out when the first is acknowledged', () => {
    const waiting = ClientState.synchronized(7)
      .applyLocal(op([1, 'x']))
      .applyLocal(op([2, 'y']))
      .applyLocal(op([3, 'z']));
    expect([waiting.status, json(waiting.outgoing?.operation), json(waiting.buffer)]).toEqual([
      'awaitingWithBuffer',
      [1, 'x'],
      [2, 'yz'],
    ]);
    const sent = waiting.acknowledge();
    expect([sent.status, sent.revision, sent.outgoing?.baseRevision, json(sent.outgoing?.operation)]).toEqual([
      'awaiting',
      8,
      8,
      [2, 'yz'],
    ]);
    expect(sent.acknowledge().status).toBe('synchronized');
  });

  test('what is in flight stays as it was sent, so that it can be sent again, while the pending form moves', () => {
    const state = ClientState.synchronized(0).applyLocal(op([1, 'x']));
    const received = state.applyRemote(op(['ab', 1]));
    expect(json(received.operation)).toEqual(['ab', 2]);
    expect(received.state.outgoing).toBe(state.outgoing);
    expect([received.state.revision, json(received.state.outstanding)]).toEqual([1, [3, 'x']]);
  });

  test('transitions leave the state before them alone', () => {
    const before = ClientState.synchronized(0);
    before.applyLocal(op(['x']));
    expect([before.status, before.revision]).toEqual(['synchronized', 0]);
  });

  test('others’ selections are moved over what the server does not have yet', () => {
    const state = ClientState.synchronized(0)
      .applyLocal(op(['ab', 3]))
      .applyLocal(op(['c', 5]));
    expect(state.toLocalSelection({ ranges: [{ anchor: 1, head: 3 }] })).toEqual({ ranges: [{ anchor: 4, head: 6 }] });
  });

  test('an acknowledgement without anything in flight, and an edit that does not fit, are refused', () => {
    expect(() => ClientState.synchronized(0).acknowledge()).toThrow('nothing is in flight');
    const awaiting = ClientState.synchronized(0).applyLocal(op(['x']));
    expect(() => awaiting.applyRemote(op([1]))).toThrow(expect.objectContaining({ reason: 'base-length' }));
  });

  test('two clients that type at one place see the same, the later in the log to the left', () => {
    const start = Document.fromText('');
    const first = ClientState.synchronized(0)
      .applyLocal(op(['first']))
      .acknowledge();
    const second = ClientState.synchronized(0).applyLocal(op(['second']));
    const seenBySecond = start.apply(op(['second'])).apply(second.applyRemote(op(['first'])).operation);
    const seenByFirst = start
      .apply(op(['first']))
      .apply(first.applyRemote(op(['second']).transformOver(op(['first']))).operation);
    expect([seenByFirst.toString(), seenBySecond.toString()]).toEqual(['secondfirst', 'secondfirst']);
  });
});
