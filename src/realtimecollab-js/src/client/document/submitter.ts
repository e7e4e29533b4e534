import { MAX_FAILURES, remedyFor, retryDelay, type Remedy } from '../connection/failure.js';
import type { OutgoingOperation, Replica } from './replica.js';

/** What {@link Submitter} needs of its document. */
export interface SubmitterHost {
  /** Whether the document is joined as a writer, on a connection that lives. */
  readonly canSubmit: boolean;
  /** Makes sure that the operation outlives this page, where that is wanted; sent before, it might be sent again under another id. */
  beforeSubmit(): Promise<void> | undefined;
  /**
   * Sends an operation.
   * @param isLast whether no other edits come behind it, so that the user's selection is a selection behind it.
   * @returns the revision as which it was committed.
   */
  submit(outgoing: OutgoingOperation, isLast: boolean): Promise<number>;
  /** The server has committed it as this revision. */
  saved(revision: number): void;
  /** It cannot be sent again just so; something else has to be done. */
  cannotSubmit(remedy: Remedy, error: unknown): void;
}

/** Sends what the replica has for the server: one operation at a time, and again what may not have arrived. */
export class Submitter {
  readonly #replica: Replica;
  readonly #host: SubmitterHost;
  /** What was sent over the present connection. */
  #sent: OutgoingOperation | null = null;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(replica: Replica, host: SubmitterHost) {
    this.#replica = replica;
    this.#host = host;
  }

  /** Sends what is to be sent and was not. */
  pump(): void {
    const { outgoing } = this.#replica;
    if (outgoing === null || outgoing === this.#sent || this.#retry !== undefined || !this.#host.canSubmit) return;
    this.#sent = outgoing;
    void this.#send(outgoing);
  }

  /** The connection is lost, or the document left: what was sent is to be sent again. */
  stop(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#sent = null;
  }

  async #send(outgoing: OutgoingOperation): Promise<void> {
    const ready = this.#host.beforeSubmit();
    if (ready !== undefined) {
      await ready;
      if (this.#sent !== outgoing || !this.#host.canSubmit) return;
    }
    try {
      const revision = await this.#host.submit(outgoing, this.#replica.pending.length === 1);
      this.#failures = 0;
      this.#replica.markSaved(outgoing);
      this.#host.saved(revision);
    } catch (error) {
      // what came back as an entry, or was given up meanwhile, needs no remedy
      if (this.#replica.outgoing === outgoing && this.#sent === outgoing) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const remedy = remedyFor(error);
    if (remedy === 'wait') return;
    const mayRetry = remedy === 'retry' || (remedy === 'retryFew' && this.#failures < MAX_FAILURES);
    if (!mayRetry) {
      this.#failures = 0;
      this.#host.cannotSubmit(remedy === 'retryFew' ? 'refused' : remedy, error);
      return;
    }
    this.#failures++;
    this.#retry = setTimeout(() => {
      this.stop();
      this.pump();
    }, retryDelay(this.#failures));
  }
}
