import type { IHubProtocol } from '@microsoft/signalr';
import type { RetryPolicy } from './connection/retry.js';
import type { EditStore } from './edits/editStore.js';
import type { TokenProvider, TransportFactory } from './connection/transport.js';
import type { Tracer } from './tracing.js';

/** How a client connects. */
export interface CollabClientOptions {
  /** The address of the server, where its hubs are under `/hubs`; in a browser, a path on the same origin will do. */
  readonly url: string;
  /** Gives the user's token; called for every attempt to connect. */
  readonly token: TokenProvider;
  /** Stable over reconnects; random by default. */
  readonly clientId?: string;
  /** A label of the device for others to see, such as `Laptop`. */
  readonly device?: string;
  /** How messages are written: MessagePack by default; `new JsonHubProtocol()` of @microsoft/signalr makes them readable on the way. */
  readonly protocol?: IHubProtocol;
  /** When to connect again. By default after a random time within a growing window, without end. */
  readonly retry?: RetryPolicy;
  /** Keeps edits that the server does not have, so that they outlive the page; by default they do not. */
  readonly editStore?: EditStore;
  /** Hears of operations sent and received, so that one trace leads from the author to the readers. */
  readonly tracer?: Tracer;
  /** Makes the connection; @microsoft/signalr by default. */
  readonly transport?: TransportFactory;
}

/** An address without slashes at its end. */
export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** The address of a hub, with the query that tells who connects. */
export function hubUrl(url: string, hub: string, clientId: string, device: string | undefined): string {
  const query = new URLSearchParams({ clientId, ...(device !== undefined && { device }) });
  return `${withoutSlash(url)}/hubs/${hub}?${query}`;
}
