import { CollabConnectionError, CollabServerError } from '../errors.js';

/**
 * What to do about a failed call:
 * `wait` for the next connection; `reconnect`, to another node or with another token; `retry` in a moment, without end
 * or `retryFew` times; `rejoin` the document or room; `reload` it, as the server has not the entries that the client needs; it is
 * `refused` for good.
 */
export type Remedy = 'wait' | 'reconnect' | 'retry' | 'retryFew' | 'rejoin' | 'reload' | 'refused';

/** How often a call that the server could not carry out is tried again before it counts as refused. */
export const MAX_FAILURES = 5;

/** How often a server that knows less than the client is asked again: a node may be behind the store for a second or two. */
export const MAX_BEHIND = 4;

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
      return 'retry';
    case 'operation_failed':
      return 'retryFew';
    case 'session_not_found':
      return 'rejoin';
    case 'revision_ahead':
    case 'revision_too_old':
      return 'reload';
    default:
      return 'refused';
  }
}

/** How long to wait before a retry, in milliseconds: longer after each of the first failures, with some randomness. */
export function retryDelay(failures = 1): number {
  return (500 + Math.random() * 500) * Math.min(failures, 5);
}
