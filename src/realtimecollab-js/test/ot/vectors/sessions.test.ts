import { describe, expect, test } from 'vitest';
import { ClientState } from '../../../src/ot/index.js';
import { doc, json, op, readVectors } from '../support/vectors.js';

interface ClientEvent {
  readonly event: 'edit' | 'recv' | 'ack';
  readonly op?: unknown;
  readonly apply?: unknown;
  readonly send?: readonly [revision: number, operation: unknown];
}

interface Session {
  readonly id: string;
  readonly doc: unknown;
  readonly log: readonly { readonly base: number; readonly op: unknown; readonly accepted: unknown }[];
  readonly final: unknown;
  readonly events: readonly (readonly ClientEvent[])[];
}

function replayServer(session: Session): void {
  let document = doc(session.doc);
  const log: ReturnType<typeof op>[] = [];
  for (const entry of session.log) {
    const accepted = log
      .slice(entry.base)
      .reduce((operation, committed) => operation.transformOver(committed), op(entry.op));
    expect(json(accepted)).toEqual(entry.accepted);
    log.push(accepted);
    document = document.apply(accepted);
  }
  expect(document.toContent()).toEqual(session.final);
}

function replayClient(session: Session, events: readonly ClientEvent[]): void {
  let document = doc(session.doc);
  let state = ClientState.synchronized(0);
  for (const event of events) {
    const before = state;
    if (event.event === 'edit') {
      document = document.apply(op(event.op));
      state = state.applyLocal(op(event.op));
    } else if (event.event === 'recv') {
      const received = state.applyRemote(op(event.op));
      expect(json(received.operation)).toEqual(event.apply);
      document = document.apply(received.operation);
      state = received.state;
    } else {
      state = state.acknowledge();
    }
    const sent = state.outgoing !== before.outgoing ? state.outgoing : null;
    expect(sent && [sent.baseRevision, json(sent.operation)]).toEqual(event.send ?? null);
  }
  expect(state.status).toBe('synchronized');
  expect(document.toContent()).toEqual(session.final);
}

describe.each(['client-server-plain.jsonl', 'client-server-rich.jsonl'])('%s', (file) => {
  describe.each(readVectors<Session>(file).map((session) => [session.id, session] as const))('%s', (_, session) => {
    test('the server accepts what was accepted', () => replayServer(session));
    test.each(session.events.map((events, client) => [client, events] as const))(
      'client %i ends with the same content',
      (_, events) => replayClient(session, events),
    );
  });
});
