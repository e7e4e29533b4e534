import { CollabConnectionError, CollabServerError } from '../errors.js';

/**
 * What to do about a failed call of a document:
 * `wait` for the next connection; `reconnect`, to another node or with another token; `retry` in a moment; `rejoin`
 * the document; `reload` it, as the server has not the entries that the client needs; it is `refused` for good.
 */
export type Remedy = 'wait' | 'reconnect' | 'retry' | 'rejoin' | 'reload' | 'refused';

/** How often a call that the server could not carry out is tried again before it counts as refused. */
export const MAX_FAILURES = 5;

/** What to do about a failed call; everything that may have been carried out is sent again with the same id. */
export function remedyFor(error: unknown): Remedy {
  if (error instanceof CollabConnectionError) return 'wait';
  if (!(error instanceof CollabServerError)) return 'refused';
  switch (error.code) {
    case 'server_draining':
    case 'unauthenticated':
      return 'reconnect';
    case 'rate_limited':
    case 'store_unavailable':
    case 'operation_failed':
      return 'retry';
    case 'session_not_found':
      return 'rejoin';
    case 'revision_ahead':
    case 'revision_too_old':
      return 'reload';
    default:
      return 'refused';
  }
}

/** How long to wait before a retry, in milliseconds, with some randomness. */
export function retryDelay(): number {
  return 500 + Math.random() * 500;
}
