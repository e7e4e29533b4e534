import type { ContentItem, TextOperation } from '../../ot/index.js';
import type { DocumentRole } from '../../protocol/index.js';
import type { CollabError } from '../errors.js';
import type { Person } from './people.js';

/**
 * Whether the user's edits are safe: `synchronized`, the server has committed them all; `saving`, some are on their
 * way; `offline`, there is no connection, edits are kept and sent later; `conflict`, the server cannot take them, see
 * {@link DocumentConflict}; `closed`.
 */
export type DocumentState = 'synchronized' | 'saving' | 'offline' | 'conflict' | 'closed';

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
 * The server cannot take the edits, for it does not have the entries between the client's revision and its own: they
 * were compacted (`revision_too_old`), it was set back to an earlier state (`revision_ahead`), or the content has gone
 * another way (`protocol`). Nothing is sent and nothing is lost until the application calls `reload`.
 */
export interface DocumentConflict {
  readonly reason: 'revision_too_old' | 'revision_ahead' | 'protocol';
  /** The revision that the content is based on. */
  readonly baseRevision: number;
  /** What the server does not have: each operation applies after the one before it. */
  readonly operations: readonly TextOperation[];
  /** The content with these edits in it. */
  readonly content: DocumentContent;
}

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
