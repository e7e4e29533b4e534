import type { ErrorCode } from '../protocol/index.js';

/**
 * What a {@link CollabError} may say: the server's codes, which the client uses for what it refuses itself, and three of its own:
 * the outcome of a call is unknown, edits cannot be kept, or an operation of the server does not fit.
 */
export type CollabErrorCode = ErrorCode | 'connection_lost' | 'edit_store_failed' | 'content_diverged';

/** Something that this library could not do. Errors of operations that do not fit are `OperationError`s. */
export class CollabError extends Error {
  override readonly name: string = 'CollabError';

  constructor(
    /** Stable: decide by this, and show the message. */
    readonly code: CollabErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The server refused a call. Nothing was changed, except where the outcome {@link isOutcomeUnknown is unknown}. */
export class CollabServerError extends CollabError {
  override readonly name = 'CollabServerError';

  constructor(
    override readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }

  /** The call may have been carried out or not; sent again with the same id it is carried out once. */
  get isOutcomeUnknown(): boolean {
    return this.code === 'store_unavailable' || this.code === 'server_draining';
  }
}

/** There is no connection, or it broke during a call. The outcome of such a call is unknown. */
export class CollabConnectionError extends CollabError {
  override readonly name = 'CollabConnectionError';

  constructor(message: string, options?: ErrorOptions) {
    super('connection_lost', message, options);
  }
}

const refusal = /HubException: ([a-z_]+): ([\s\S]*)$/;
const serverFailure = /^An unexpected error occurred invoking /;

/**
 * What a failed `invoke` of SignalR means. A refusal reads `… HubException: code: text`; an error of the server that
 * was not meant for clients comes without a text; all else is the connection.
 */
export function errorOfInvoke(error: unknown): CollabError {
  if (error instanceof CollabError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [, code, text] = refusal.exec(message) ?? [];
  if (code !== undefined && text !== undefined) return new CollabServerError(code as ErrorCode, text, { cause: error });
  if (serverFailure.test(message)) return new CollabServerError('operation_failed', message, { cause: error });
  return new CollabConnectionError(message, { cause: error });
}
