import type { ContentItem, TextOperation } from '../../ot/index.js';
import type { DocumentRole } from '../../protocol/index.js';
import type { CollabError } from '../errors.js';
import type { Person } from './people.js';

/**
 * Whether the user's edits are safe: `synchronized`, the server has committed them all; `saving`, some are on their
 * way; `offline`, there is no connection, edits are kept and sent later; `conflict`, the server cannot take them, see
 * {@link DocumentConflict}. A document that was closed is `offline` for good.
 */
export type DocumentState = 'synchronized' | 'saving' | 'offline' | 'conflict';

/** Where a change came from; `reload` is the difference to the server's content after it was loaded anew. */
export type ChangeOrigin = 'local' | 'undo' | 'redo' | 'remote' | 'reload';

/** The content has changed. */
export interface DocumentChange {
  /** From the content before to the content now. */
  readonly operation: TextOperation;
  readonly origin: ChangeOrigin;
  /** What was given to `apply` as the source, so that an editor recognises its own changes. */
  readonly source: unknown;
  /** Who made it, if the server told. */
  readonly userId?: string;
  readonly clientId?: string;
}

/** The content as text, or as an array of inserts for rich text. */
export type DocumentContent = string | readonly ContentItem[];

/** The server refused edits for good. The document was loaded anew, without them; here they are. */
export interface EditsRejected {
  readonly error: CollabError;
  /** What the server does not have: each operation applies after the one before it. */
  readonly operations: readonly TextOperation[];
  /** The content with these edits in it, as the user saw it. */
  readonly content: DocumentContent;
}

/**
 * The server cannot take the edits: the entries since the client's revision were compacted (`revision_too_old`), the
 * server was set back to an earlier state (`revision_ahead`), the user may not write any more (`permission_denied`), or the
 * content has gone another way (`content_diverged`). Nothing is sent and nothing is lost until the application calls
 * `resolveConflict`.
 */
export interface DocumentConflict {
  readonly code: 'revision_too_old' | 'revision_ahead' | 'permission_denied' | 'content_diverged';
  /** The revision that the content is based on. */
  readonly revision: number;
  /** What the server does not have, for the document at {@link revision}; null if that is nothing. */
  readonly pending: TextOperation | null;
  /** The content with these edits in it, as the user sees it. */
  readonly content: DocumentContent;
}

/**
 * How to end a conflict: `discard` the edits and take the server's content; `merge` them into it, as if the difference
 * between what they were made on and the server's content were somebody else's edit; or `overwrite` the server's content
 * with what is here, as an edit that anybody can undo or restore. An edit that was on its way when the conflict came may be
 * in the server's content already.
 */
export type ConflictResolution = 'discard' | 'merge' | 'overwrite';

/**
 * The content differed from the server's at the same revision, which must never be: a defect to be reported. The content
 * is loaded anew, as a `reload` change; edits made meanwhile are kept. Told once for each revision.
 */
export interface ChecksumMismatch {
  readonly documentId: string;
  /** The revision that was compared. */
  readonly revision: number;
  /** The hashes of the content here and of the server's, 16 lower-case hexadecimal digits. */
  readonly localHash: string;
  readonly serverHash: string;
}

/** The document is closed and will not open again by itself. */
export interface DocumentClosedEvent {
  /** `closed` by the application, or why the server closed it: a word, or the code of an error. */
  readonly reason: string;
  /** Edits that were not saved; empty if all were. */
  readonly operations: readonly TextOperation[];
}

/** What a document tells. */
export interface DocumentEvents {
  change: DocumentChange;
  state: DocumentState;
  /** Somebody came, went, or moved a selection. Selections that only move along with a change are not told. */
  people: readonly Person[];
  role: DocumentRole;
  rejected: EditsRejected;
  conflict: DocumentConflict;
  closed: DocumentClosedEvent;
  checksumMismatch: ChecksumMismatch;
  /** Something failed that does not endanger edits, or that goes on by itself. */
  error: CollabError;
}
