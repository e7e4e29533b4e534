import { CollabConnectionError, CollabError, errorOfInvoke } from '../errors.js';
import { Emitter } from '../emitter.js';
import type { RetryPolicy } from './retry.js';
import { delay, within, type Delay } from './timing.js';
import type { HubTransport } from './transport.js';

/**
 * `connecting` also while it waits for the next attempt; `moving` from one connection to the next one, as the server
 * asked for it or the token ended, until that fails; `disconnected` after it gave up or was closed.
 */
export type ConnectionState = 'connecting' | 'connected' | 'moving' | 'disconnected';

export interface HubLinkEvents {
  state: ConnectionState;
  /** An attempt to connect failed, or the connection broke. The next attempt follows by itself. */
  error: CollabError;
}

const CONNECT_TIMEOUT_MS = 15_000;

/** A connection that lived so long was a good one: the next loss is a new one. */
const STABLE_MS = 5_000;

/** Keeps one connection to a hub: connects, and connects again after every loss, until it is closed or gives up. */
export class HubLink {
  readonly events = new Emitter<HubLinkEvents>();
  readonly #transport: HubTransport;
  readonly #retry: RetryPolicy;
  #state: ConnectionState = 'disconnected';
  #running: Promise<void> | undefined;
  #stopping = false;
  /** The connection was cut as it did not work. */
  #isDropped = false;
  #pause: Delay | undefined;
  #lost: (error?: Error) => void = () => undefined;

  constructor(transport: HubTransport, retry: RetryPolicy) {
    this.#transport = transport;
    this.#retry = retry;
    transport.onclose((error) => this.#lost(error));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Begins to connect; does nothing if it has begun. */
  start(): void {
    if (this.#running !== undefined) return;
    this.#stopping = false;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.#setState('disconnected');
    });
  }

  /** Begins to connect, and waits for a connection, if need be for ever. @throws {CollabError} if it gave up or was closed. */
  ready(): Promise<void> {
    if (this.#stopping) return Promise.reject(new CollabError('session_not_found', 'the client is closed'));
    this.start();
    if (this.#state === 'connected') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const unsubscribe = this.events.on('state', (state) => {
        if (state !== 'connected' && state !== 'disconnected') return;
        unsubscribe();
        if (state === 'connected') resolve();
        else reject(new CollabConnectionError('the client does not connect any more'));
      });
    });
  }

  /** Does not wait any longer for the next attempt. */
  retryNow(): void {
    this.#pause?.end();
  }

  /** Cuts a connection that does not work; the next one follows by itself. */
  async drop(): Promise<void> {
    this.#isDropped = true;
    await this.move();
  }

  /** Leaves a connection that works for the next one. */
  async move(): Promise<void> {
    if (this.#state === 'connected') await this.#transport.stop();
  }

  /** Calls a method of the hub. @throws {CollabError} if it is refused, or there is no connection. */
  async invoke(method: string, argument: unknown): Promise<unknown> {
    if (this.#state !== 'connected') throw new CollabConnectionError('there is no connection to the server');
    try {
      return await this.#transport.invoke(method, argument);
    } catch (error) {
      throw errorOfInvoke(error);
    }
  }

  /** Disconnects and stays so. */
  async close(): Promise<void> {
    this.#stopping = true;
    this.#pause?.end();
    await this.#transport.stop();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    for (;;) {
      const lived = await this.#connectOnce();
      if (this.#stopping) return;
      // a server that accepts and closes at once must not be asked again at once, for ever
      failures = lived >= STABLE_MS ? 1 : failures + 1;
      const wait = this.#retry(failures);
      if (wait === null) return;
      this.#pause = delay(wait);
      await this.#pause.done;
      this.#pause = undefined;
      if (this.#stopping) return;
    }
  }

  /** Connects and waits for the end of the connection. @returns how long it lived, in milliseconds. */
  async #connectOnce(): Promise<number> {
    const lost = new Promise<void>((resolve) => {
      this.#lost = (error) => {
        this.#setState(this.#stateAfter(error)); // at once, so that nobody sends into a connection that is gone
        if (error !== undefined) this.#report(error);
        resolve();
      };
    });
    this.#isDropped = false;
    if (this.#state !== 'moving') this.#setState('connecting');
    try {
      await within(this.#transport.start(), CONNECT_TIMEOUT_MS, 'the server does not answer');
    } catch (error) {
      this.#setState('connecting');
      this.#report(error);
      await this.#transport.stop();
      return 0;
    }
    if (this.#stopping) {
      await this.#transport.stop();
      return 0;
    }
    const since = performance.now();
    this.#setState('connected');
    await lost;
    return performance.now() - since;
  }

  /** What follows on a connection that was lost with this error, or without one. */
  #stateAfter(error: Error | undefined): ConnectionState {
    if (this.#stopping) return 'disconnected';
    return error === undefined && !this.#isDropped && this.#state === 'connected' ? 'moving' : 'connecting';
  }

  #report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.events.emit('error', new CollabConnectionError(message, { cause: error }));
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.events.emit('state', state);
  }
}
