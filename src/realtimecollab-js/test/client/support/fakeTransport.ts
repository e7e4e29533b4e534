import type { HubTransport, TransportFactory } from '../../../src/client/index.js';

/** The server's end of the wire. */
export interface FakeHubSide {
  call(connection: FakeConnection, method: string, argument: never): unknown;
  leave(connection: FakeConnection): void;
}

/** What a network may do. Calls and results keep their order and are lost only with the connection, as over TCP. */
export interface Network {
  /** How long a message takes, in milliseconds. */
  delay(): number;
  /** What becomes of a callback: how many copies arrive, each how much later than it should. */
  callback(): readonly number[];
}

/** A network without faults, where every message takes a millisecond. */
export const calm: Network = { delay: () => 1, callback: () => [0] };

/** One connection between a client and the fake hub, from its start to its end. */
export class FakeConnection {
  readonly #network: Network;
  readonly #deliver: (callback: string, message: unknown) => void;
  #isOpen = true;
  #lastArrival = { toHub: 0, toClient: 0 };

  constructor(
    readonly clientId: string,
    readonly userId: string,
    network: Network,
    deliver: (callback: string, message: unknown) => void,
  ) {
    this.#network = network;
    this.#deliver = deliver;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Everything that is on its way is lost. */
  cut(): void {
    this.#isOpen = false;
  }

  /** Runs something at the other end, in order with what went there before. */
  carry(direction: 'toHub' | 'toClient', arrive: () => void): void {
    const at = Math.max(Date.now() + this.#network.delay(), this.#lastArrival[direction]);
    this.#lastArrival[direction] = at;
    setTimeout(() => {
      if (this.#isOpen) arrive();
    }, at - Date.now());
  }

  /** Sends a callback, with the network's faults. */
  callBack(name: string, message: unknown): void {
    const copy = JSON.stringify(message);
    for (const late of this.#network.callback()) {
      const arrive = () => this.#deliver(name, JSON.parse(copy));
      if (late === 0) this.carry('toClient', arrive);
      else setTimeout(() => this.#isOpen && arrive(), late);
    }
  }
}

/** A transport to the fake hub, in the place of a `HubConnection`. */
export class FakeTransport implements HubTransport {
  connection: FakeConnection | undefined;
  /** Whether the server can be reached. */
  isReachable = true;
  readonly #hub: FakeHubSide;
  readonly #network: Network;
  readonly #clientId: string;
  readonly #userId: string;
  readonly #listeners = new Map<string, (message: never) => void>();
  readonly #waiting = new Set<(error: Error) => void>();
  #onclose: (error?: Error) => void = () => undefined;

  constructor(hub: FakeHubSide, url: string, userId: string, network: Network) {
    this.#hub = hub;
    this.#network = network;
    this.#userId = userId;
    this.#clientId = new URL(url).searchParams.get('clientId') as string;
  }

  async start(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#network.delay()));
    if (!this.isReachable) throw new Error('the server cannot be reached');
    this.connection = new FakeConnection(this.#clientId, this.#userId, this.#network, (name, message) =>
      this.#listeners.get(name)?.(message as never),
    );
    const limits = { maxOperationBytes: 4096, maxDocumentLength: 100_000 };
    const { connection } = this;
    connection.carry('toClient', () =>
      this.#listeners.get('Welcome')?.({
        clientId: this.#clientId,
        userId: this.#userId,
        userName: this.#userId,
        limits,
      } as never),
    );
  }

  async stop(): Promise<void> {
    this.cut(null);
  }

  /**
   * Ends the connection: the hub sees it, calls fail, and everything on its way is lost.
   * @param error null if one side ends it in good order.
   */
  cut(error: Error | null = new Error('the connection was cut')): void {
    const { connection } = this;
    if (connection === undefined) return;
    this.connection = undefined;
    connection.cut();
    this.#hub.leave(connection);
    for (const fail of [...this.#waiting])
      fail(new Error('Invocation canceled due to the underlying connection being closed.'));
    this.#onclose(error ?? undefined);
  }

  invoke(method: string, argument: unknown): Promise<unknown> {
    const { connection } = this;
    if (connection === undefined)
      return Promise.reject(new Error("Cannot send data if the connection is not in the 'Connected' State."));
    const copy = structuredClone(argument); // plain data goes through; an object with a toJSON of its own does not
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const answer = (settle: () => void) =>
        connection.carry('toClient', () => {
          this.#waiting.delete(reject);
          settle();
        });
      connection.carry('toHub', () => {
        try {
          const result = JSON.stringify(this.#hub.call(connection, method, copy as never) ?? null);
          answer(() => resolve(JSON.parse(result)));
        } catch (error) {
          answer(() => reject(error as Error));
        }
      });
    });
  }

  on(callback: string, listener: (message: never) => void): void {
    this.#listeners.set(callback, listener);
  }

  onclose(listener: (error?: Error) => void): void {
    this.#onclose = listener;
  }
}

/** Makes transports to a fake hub, and keeps the last one at hand. */
export function fakeTransport(
  hub: FakeHubSide,
  userId: string,
  network: Network = calm,
): { factory: TransportFactory; get: () => FakeTransport } {
  let last: FakeTransport | undefined;
  return {
    factory: ({ url }) => (last = new FakeTransport(hub, url, userId, network)),
    get: () => last as FakeTransport,
  };
}
