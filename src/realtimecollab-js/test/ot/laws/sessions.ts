import fc from 'fast-check';
import { expect } from 'vitest';
import {
  ClientState,
  UndoManager,
  type Document,
  type OutgoingOperation,
  type TextOperation,
} from '../../../src/ot/index.js';
import { operationOf, type Kind, type Step } from '../support/arbitraries.js';

interface LogEntry {
  readonly author: number;
  readonly operation: TextOperation;
}

/** A server that is nothing but the log and its rule: each submission over what was committed since its base, one at a time. */
class Server {
  readonly log: LogEntry[] = [];

  constructor(public document: Document) {}

  submit(author: number, { baseRevision, operation }: OutgoingOperation): void {
    const since = this.log.slice(baseRevision);
    const accepted = since.reduce((moved, committed) => moved.transformOver(committed.operation), operation);
    this.document = this.document.apply(accepted);
    this.log.push({ author, operation: accepted });
  }
}

class Client {
  #state = ClientState.synchronized(0);
  readonly #sending: OutgoingOperation[] = [];
  readonly #undo = new UndoManager({ now: () => 0 });

  constructor(
    readonly id: number,
    public document: Document,
  ) {}

  edit(steps: readonly Step[]): void {
    const operation = operationOf(this.document, steps);
    this.#undo.applyLocal(operation, this.document);
    this.#applyLocal(operation);
  }

  undo(): void {
    const operation = this.#undo.undo(this.document);
    if (operation !== null) this.#applyLocal(operation);
  }

  /** What was sent reaches the server. */
  deliver(server: Server): void {
    const submission = this.#sending.shift();
    if (submission !== undefined) server.submit(this.id, submission);
  }

  /** The next entry of the log reaches the client. Returns whether there was one. */
  receive(server: Server): boolean {
    const entry = server.log[this.#state.revision];
    if (entry === undefined) return false;
    if (entry.author === this.id) {
      this.#change(this.#state.acknowledge());
    } else {
      const { state, operation } = this.#state.applyRemote(entry.operation);
      this.document = this.document.apply(operation);
      this.#undo.applyRemote(operation);
      this.#change(state);
    }
    return true;
  }

  get isAtRest(): boolean {
    return this.#sending.length === 0 && this.#state.status === 'synchronized';
  }

  #applyLocal(operation: TextOperation): void {
    this.document = this.document.apply(operation);
    this.#change(this.#state.applyLocal(operation));
  }

  #change(state: ClientState): void {
    if (state.outgoing !== null && state.outgoing !== this.#state.outgoing) this.#sending.push(state.outgoing);
    this.#state = state;
  }
}

/** Clients that edit, undo, send and receive in any order show the same content as the server once all is through. */
export function sessionLaws({ document, steps }: Kind): Record<string, fc.IProperty<unknown>> {
  const action = fc.constantFrom(
    'edit' as const,
    'edit' as const,
    'undo' as const,
    'deliver' as const,
    'receive' as const,
  );
  const events = fc.array(fc.tuple(fc.nat(), action, steps), { maxLength: 60 });
  return {
    'sessions of 2 to 6 clients converge': fc.property(
      document,
      fc.integer({ min: 2, max: 6 }),
      events,
      (start, count, happening) => {
        const server = new Server(start);
        const clients = Array.from({ length: count }, (_, id) => new Client(id, start));
        for (const [who, what, walk] of happening) {
          const client = clients[who % count] as Client;
          if (what === 'edit') client.edit(walk);
          else if (what === 'undo') client.undo();
          else if (what === 'deliver') client.deliver(server);
          else client.receive(server);
        }
        while (clients.some((client) => client.receive(server) || !client.isAtRest))
          clients.forEach((client) => client.deliver(server));
        for (const client of clients) expect(client.document.toContent()).toEqual(server.document.toContent());
      },
    ),
  };
}
