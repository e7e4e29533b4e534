import type { TextOperation } from './operation.js';
import { transformSelection, type Selection } from './selection.js';

/** An operation as it is submitted: sent again, it keeps its base revision and its components. */
export interface OutgoingOperation {
  /** The revision of the document that the operation was made for. */
  readonly baseRevision: number;
  readonly operation: TextOperation;
}

/**
 * `synchronized`: the local text is that of the server's revision; `awaiting`: one operation is with the server;
 * `awaitingWithBuffer`: and further edits wait, composed into one.
 */
export type ClientStatus = 'synchronized' | 'awaiting' | 'awaitingWithBuffer';

/**
 * What a client has and the server does not: at most one operation in flight, and behind it one buffer. Immutable;
 * every event gives the next state. Feed it the server's operations in the order of their revisions, one at a time.
 */
export class ClientState {
  private constructor(
    /** The last revision of the server that has come in. */
    readonly revision: number,
    /** What is with the server, exactly as it was sent, or null. When a new one appears here, send it. */
    readonly outgoing: OutgoingOperation | null,
    /** What is with the server, transformed to apply to the current revision. */
    readonly outstanding: TextOperation | null,
    /** What is to be sent next: applies after {@link outstanding}. */
    readonly buffer: TextOperation | null,
  ) {}

  /** The state of a client that has nothing but the server's revision. */
  static synchronized(revision: number): ClientState {
    return new ClientState(revision, null, null, null);
  }

  /**
   * The state of a client that goes on later: what was with the server then, and what was to be sent next.
   * @param outgoing as it was sent, to be sent again just so.
   * @param outstanding the same, transformed to apply to `revision`.
   * @param buffer what comes behind it, or null.
   */
  static awaiting(
    revision: number,
    outgoing: OutgoingOperation,
    outstanding: TextOperation,
    buffer: TextOperation | null,
  ): ClientState {
    return new ClientState(revision, outgoing, outstanding, buffer);
  }

  get status(): ClientStatus {
    if (this.outstanding === null) return 'synchronized';
    return this.buffer === null ? 'awaiting' : 'awaitingWithBuffer';
  }

  /**
   * The user has edited; the operation is already in the local document.
   * @throws {OperationError} `base-length` if the operation does not fit behind the edits before it.
   */
  applyLocal(operation: TextOperation): ClientState {
    if (this.outstanding === null) return this.#send(this.revision, operation);
    const buffer = this.buffer === null ? operation : this.buffer.compose(operation);
    return new ClientState(this.revision, this.outgoing, this.outstanding, buffer);
  }

  /**
   * Somebody else's operation was committed, as the next revision.
   * @returns the next state, and the operation to apply to the local document.
   * @throws {OperationError} `base-length` if the operation is not for the document of this revision.
   */
  applyRemote(committed: TextOperation): { readonly state: ClientState; readonly operation: TextOperation } {
    const outstanding = this.outstanding?.transformOver(committed) ?? null;
    const behindOutstanding = this.outstanding === null ? committed : committed.transformUnder(this.outstanding);
    const buffer = this.buffer?.transformOver(behindOutstanding) ?? null;
    const operation = this.buffer === null ? behindOutstanding : behindOutstanding.transformUnder(this.buffer);
    return { state: new ClientState(this.revision + 1, this.outgoing, outstanding, buffer), operation };
  }

  /**
   * The operation in flight was committed, as the next revision. The buffer, if any, becomes {@link outgoing}.
   * @throws {Error} if nothing is in flight.
   */
  acknowledge(): ClientState {
    if (this.outstanding === null) throw new Error('nothing is in flight');
    const revision = this.revision + 1;
    return this.buffer === null ? ClientState.synchronized(revision) : this.#send(revision, this.buffer);
  }

  /** A selection in the document of {@link revision}, as it lies in the local document. */
  toLocalSelection(selection: Selection): Selection {
    const edits = [this.outstanding, this.buffer].filter((edit) => edit !== null);
    return edits.reduce(transformSelection, selection);
  }

  #send(revision: number, operation: TextOperation): ClientState {
    return new ClientState(revision, { baseRevision: revision, operation }, operation, null);
  }
}
