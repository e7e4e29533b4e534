import { vi } from 'vitest';
import {
  CollabClient,
  jitteredBackoff,
  type CollabDocument,
  type EditStore,
  type OpenOptions,
  type RetryPolicy,
  type Tracer,
} from '../../../src/client/index.js';
import { FakeHub } from './fakeHub.js';
import { calm, fakeTransport, type FakeTransport, type Network } from './fakeTransport.js';

/** A client of a fake hub, with the wire at hand. */
export interface Guest {
  readonly client: CollabClient;
  readonly transport: FakeTransport;
  open(id?: string, options?: OpenOptions): Promise<CollabDocument>;
}

/** A fake hub and its clients, under a fake clock that {@link settle} moves on. */
export class Room {
  readonly hub = new FakeHub();
  readonly #guests: Guest[] = [];

  constructor() {
    vi.useFakeTimers();
  }

  guest(
    userId: string,
    network: Network = calm,
    retry: RetryPolicy = jitteredBackoff(),
    editStore?: EditStore,
    tracer?: Tracer,
  ): Guest {
    const transport = fakeTransport(this.hub, userId, network);
    const client = new CollabClient({
      url: 'http://hub',
      token: () => userId,
      transport: transport.factory,
      retry,
      ...(editStore !== undefined && { editStore }),
      ...(tracer !== undefined && { tracer }),
    });
    const guest: Guest = {
      client,
      transport: transport.get(),
      open: (id = 'doc', options = {}) => this.during(client.open(id, options)),
    };
    this.#guests.push(guest);
    return guest;
  }

  /** Lets time pass, until nothing is on its way any more. */
  async settle(milliseconds = 1000): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }

  /** Lets time pass until a promise is settled. */
  async during<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => (isSettled = true));
    settled.catch(() => undefined); // the caller gets it below
    for (let step = 0; step < 10_000 && !isSettled; step++) await vi.advanceTimersByTimeAsync(10);
    return settled;
  }

  async end(): Promise<void> {
    await this.during(Promise.all(this.#guests.map(({ client }) => client.close())));
    vi.useRealTimers();
  }
}
