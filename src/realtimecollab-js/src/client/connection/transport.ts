import type { IHubProtocol } from '@microsoft/signalr';

/**
 * What this library needs of a connection to a hub. A `HubConnection` of @microsoft/signalr without automatic
 * reconnect fits as it is; tests put a fake one in its place. It must be startable again after it closed.
 */
export interface HubTransport {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** @param argument plain data: not every protocol asks an object for its JSON. */
  invoke(method: string, argument: unknown): Promise<unknown>;
  on(callback: string, listener: (message: never) => void): void;
  onclose(listener: (error?: Error) => void): void;
}

/** Gives the token of the user; called for every attempt to connect, so that it can give a fresh one. */
export type TokenProvider = () => string | Promise<string>;

/** What a connection is made with. */
export interface TransportOptions {
  /** The address of the hub, with the query that tells who connects. */
  readonly url: string;
  readonly token: TokenProvider;
  /** How messages are written; MessagePack if it is absent. */
  readonly protocol?: IHubProtocol;
}

/** Makes the connection of a client. */
export type TransportFactory = (options: TransportOptions) => HubTransport;
