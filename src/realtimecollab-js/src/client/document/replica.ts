import { ClientState, Document, TextOperation, type Selection } from '../../ot/index.js';
import type { KeptEdits } from '../edits/editStore.js';
import { randomId } from '../randomId.js';
import { splitOperation } from './splitOperation.js';

/** An operation on its way to the server. Sent again, it stays exactly what it was. */
export interface OutgoingOperation {
  readonly operationId: string;
  readonly baseRevision: number;
  readonly operation: TextOperation;
}

/**
 * The local copy of a document: its content with the user's edits in it, and which of them the server does not have
 * yet. Does no input or output of its own.
 */
export class Replica {
  #document = Document.fromText('');
  #base = this.#document;
  #state = ClientState.synchronized(0);
  #outgoing: OutgoingOperation | null = null;
  #isSaved = false;
  readonly #maxOperationBytes: () => number;

  /** @param maxOperationBytes the largest operation that the server takes, in bytes of its JSON form. */
  constructor(maxOperationBytes: () => number) {
    this.#maxOperationBytes = maxOperationBytes;
  }

  /** The content as the user sees it. */
  get document(): Document {
    return this.#document;
  }

  /** The content of {@link revision}, without the pending edits. */
  get base(): Document {
    return this.#base;
  }

  /** The last revision of the server that is in the content. */
  get revision(): number {
    return this.#state.revision;
  }

  /** What is to be sent, or was sent and has not come back; null if the server has everything. */
  get outgoing(): OutgoingOperation | null {
    return this.#outgoing;
  }

  /** What the server does not have, in order: each applies after those before it, the first at {@link revision}. */
  get pending(): readonly TextOperation[] {
    return [this.#state.outstanding, this.#state.buffer].filter((operation) => operation !== null);
  }

  /** Whether there are edits of which the server has not said that they are saved. */
  get hasUnsavedEdits(): boolean {
    return this.#state.buffer !== null || (this.#state.outstanding !== null && !this.#isSaved);
  }

  /** A selection in the document of {@link revision}, as it lies in the local content. */
  toLocalSelection(selection: Selection): Selection {
    return this.#state.toLocalSelection(selection);
  }

  /** Applies an edit of the user. @throws {OperationError} if it does not fit; nothing is changed then. */
  applyLocal(operation: TextOperation): void {
    this.#document = this.#document.apply(operation);
    this.#setState(this.#state.applyLocal(operation));
  }

  /** Applies the next entry of the log, somebody else's. @returns what it does to the local content. */
  applyRemote(committed: TextOperation): TextOperation {
    const { state, operation } = this.#state.applyRemote(committed);
    const base = this.#base.apply(committed);
    this.#document = state.outstanding === null ? base : this.#document.apply(operation);
    this.#base = base;
    this.#state = state;
    return operation;
  }

  /** What {@link applyRemote} would do to the local content. */
  preview(committed: TextOperation): TextOperation {
    return this.#state.applyRemote(committed).operation;
  }

  /** The next entry of the log is the outgoing operation. */
  acknowledge(): void {
    const { outstanding } = this.#state;
    const state = this.#state.acknowledge();
    this.#base = state.outstanding === null ? this.#document : this.#base.apply(outstanding as TextOperation);
    this.#outgoing = null;
    this.#setState(state);
  }

  /** The server said that the outgoing operation is committed. It comes back as an entry all the same. */
  markSaved(outgoing: OutgoingOperation): void {
    if (this.#outgoing === outgoing) this.#isSaved = true;
  }

  /** Takes the server's content in place of everything. */
  reset(document: Document, revision: number): void {
    this.#document = this.#base = document;
    this.#outgoing = null;
    this.#setState(ClientState.synchronized(revision));
  }

  /** What it takes to {@link restore} this copy with its pending edits; null if there are none. */
  get kept(): KeptEdits | null {
    const { revision, outstanding, buffer } = this.#state;
    if (this.#outgoing === null || outstanding === null) return null;
    const { operation, ...sent } = this.#outgoing;
    return {
      revision,
      content: this.#base.toContent(),
      outgoing: { ...sent, operation: operation.toJSON() },
      outstanding: outstanding.toJSON(),
      buffer: buffer?.toJSON() ?? null,
    };
  }

  /** Goes on from where another copy was. @throws {OperationError} if what it left does not fit together; nothing is changed then. */
  restore({ revision, content, outgoing, outstanding, buffer }: KeptEdits): void {
    const base = Document.fromContent(content);
    const sent = { ...outgoing, operation: TextOperation.parseArray(outgoing.operation) };
    const edits = [outstanding, ...(buffer === null ? [] : [buffer])].map((edit) => TextOperation.parseArray(edit));
    const document = edits.reduce((before, edit) => before.apply(edit), base);
    [this.#base, this.#document, this.#outgoing, this.#isSaved] = [base, document, sent, false];
    this.#state = ClientState.awaiting(revision, sent, edits[0] as TextOperation, edits[1] ?? null);
  }

  /**
   * Takes the server's content in place of what the pending edits were made on. They go on, carried over the difference
   * as over any operation, and are sent as new ones.
   * @returns what that does to the local content.
   */
  replaceBase(difference: TextOperation, document: Document, revision: number): TextOperation {
    const { state, operation } = this.#state.applyRemote(difference);
    this.reset(document, revision);
    for (const edit of [state.outstanding, state.buffer]) {
      if (edit !== null && !edit.isNoop) this.applyLocal(edit);
    }
    return operation;
  }

  /** When something is to be sent that was not, it gets its id, and only so much of it as the server takes at once. */
  #setState(state: ClientState): void {
    this.#state = state;
    if (state.outgoing === null || this.#outgoing !== null) return;
    const { first, rest } = splitOperation(state.outgoing.operation, this.#maxOperationBytes());
    if (rest !== null) {
      const cut = ClientState.synchronized(state.revision).applyLocal(first).applyLocal(rest);
      this.#state = state.buffer === null ? cut : cut.applyLocal(state.buffer);
    }
    this.#isSaved = false;
    this.#outgoing = { operationId: randomId(), baseRevision: state.revision, operation: first };
  }
}
