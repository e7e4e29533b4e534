import type { ServerLimits } from '../../protocol/index.js';
import type { HttpApi } from '../connection/httpApi.js';
import type { EditStoreAccess } from '../edits/editKeeper.js';
import type { Tracer } from '../tracing.js';

/** How large an edit may be. */
export type EditLimits = Pick<ServerLimits, 'maxOperationBytes' | 'maxDocumentLength'>;

/** What a document uses of its client: one connection, shared with other documents. */
export interface DocumentChannel {
  /** The client's id, stable over its connections. */
  readonly clientId: string;
  /** The user's id, as the server told it; undefined before the first connection. */
  userId(): string | undefined;
  limits(): EditLimits;
  /** Calls a method of the document hub. @throws {CollabError} */
  invoke(method: string, argument: object): Promise<unknown>;
  /** Leaves the connection for a new one: to another node, or with another token. */
  move(): void;
  readonly http: HttpApi;
  /** Where edits are kept; undefined if they are not. */
  readonly edits: EditStoreAccess | undefined;
  readonly tracer: Tracer | undefined;
}
