import type { ServerLimits } from '../../protocol/index.js';

/** What a document uses of its client: one connection, shared with other documents. */
export interface DocumentChannel {
  /** The client's id, stable over its connections. */
  readonly clientId: string;
  /** The user's id, as the server told it; undefined before the first connection. */
  userId(): string | undefined;
  limits(): ServerLimits;
  /** Calls a method of the document hub. @throws {CollabError} */
  invoke(method: string, argument: object): Promise<unknown>;
  /** Cuts the connection, so that the client makes a new one. */
  drop(): void;
}
