import type { DocumentSnapshot } from '../../protocol/index.js';
import { Document } from '../../ot/index.js';
import { CollabError, CollabServerError } from '../errors.js';
import type { Emitter } from '../emitter.js';
import type { ConflictResolution, DocumentConflict, DocumentEvents } from './events.js';
import type { LocalCopy } from './localCopy.js';

/** What {@link Recovery} needs of its document. */
export interface RecoveryHost {
  /** Leaves the document and joins it again. */
  rejoin(): void;
  /** There is a conflict: the document is not to be followed until it is resolved. */
  stopForConflict(): void;
}

/** What becomes of the local content when the server's comes in its place. */
type Intention = ConflictResolution | CollabError;

/**
 * Knows what to do when client and server cannot go on from what both have: load the content anew where nothing is lost by
 * it, else hold the user's edits as a conflict.
 */
export class Recovery {
  readonly #local: LocalCopy;
  readonly #events: Emitter<DocumentEvents>;
  readonly #host: RecoveryHost;
  #conflict: DocumentConflict | null = null;
  /** The server's content is to come: for what was decided, or as it refused edits with this error. */
  #intention: Intention | null = null;

  constructor(local: LocalCopy, events: Emitter<DocumentEvents>, host: RecoveryHost) {
    this.#local = local;
    this.#events = events;
    this.#host = host;
  }

  get conflict(): DocumentConflict | null {
    return this.#conflict;
  }

  /** Whether the server's content is to come in place of what is here. */
  get mustLoad(): boolean {
    return this.#intention !== null;
  }

  /** The content here is wrong, or the edits are given up: takes the server's. */
  loadAnew(): void {
    this.#local.giveUp();
    this.#load('discard');
  }

  /** The server refused the edits for good: they are handed back. */
  refused(error: unknown): void {
    this.#load(error as CollabError);
  }

  /** The server has not the entries that are needed. */
  cannotGoOn(error: unknown): void {
    const { code } = error as CollabError;
    const isSafe = code === 'revision_too_old' && this.#local.replica.pending.length === 0;
    if (isSafe) this.loadAnew();
    else this.enterConflict(code === 'revision_ahead' ? code : 'revision_too_old');
  }

  /** An entry of the server does not fit what is here. */
  diverged(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const text = `an operation of the server does not fit: ${why}`;
    this.#events.emit('error', new CollabError('content_diverged', text, { cause: error }));
    if (this.#local.replica.pending.length > 0) this.enterConflict('content_diverged');
    else this.loadAnew();
  }

  enterConflict(code: DocumentConflict['code']): void {
    const { revision, pending, document } = this.#local.replica;
    const [first = null, second] = pending;
    const composed = second === undefined ? first : (first?.compose(second) ?? null);
    this.#conflict = { code, revision, pending: composed, content: document.toContent() };
    this.#host.stopForConflict();
    this.#events.emit('conflict', this.#conflict);
  }

  resolve(resolution: ConflictResolution): void {
    if (this.#conflict === null) return;
    if (this.#conflict.code === 'permission_denied' && resolution !== 'discard') {
      throw new CollabServerError('permission_denied', 'the user may not write: the edits can only be discarded');
    }
    this.#conflict = null;
    if (resolution === 'discard') this.loadAnew();
    else this.#load(resolution);
  }

  /** The server's content has come. */
  take({ content, revision }: DocumentSnapshot, isFirst: boolean): void {
    const document = Document.fromContent(content);
    const intention = this.#intention;
    this.#intention = null;
    if (intention instanceof CollabError) this.#handBack(intention);
    if (intention === 'overwrite') this.#local.replaceUnder(document, revision);
    else this.#local.replace(document, revision, isFirst);
  }

  #handBack(error: CollabError): void {
    const { pending: operations, document } = this.#local.replica;
    this.#local.giveUp();
    this.#events.emit('rejected', { error, operations, content: document.toContent() });
  }

  #load(intention: Intention): void {
    this.#intention = intention;
    this.#host.rejoin();
  }
}
