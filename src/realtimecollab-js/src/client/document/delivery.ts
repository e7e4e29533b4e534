import type { Selection } from '../../ot/index.js';
import type { SubmitOperationResult } from '../../protocol/index.js';
import type { EditKeeper } from '../edits/editKeeper.js';
import type { Emitter } from '../emitter.js';
import { withinSpan } from '../tracing.js';
import type { CollabError } from '../errors.js';
import type { DocumentChannel } from './channel.js';
import type { EntryFlow } from './entryFlow.js';
import type { DocumentEvents } from './events.js';
import { remedyFor, type Remedy } from '../connection/failure.js';
import type { LocalCopy } from './localCopy.js';
import type { OutgoingOperation } from './replica.js';
import { SelectionSender, type SelectionSenderHost } from './selectionSender.js';
import { Submitter, type SubmitterHost } from './submitter.js';

/** What {@link Delivery} needs of its document. */
export interface DeliveryHost {
  readonly documentId: string;
  readonly events: Emitter<DocumentEvents>;
  readonly entries: EntryFlow;
  /** Whether the document is joined as a writer, and nothing is in doubt. */
  readonly canSubmit: boolean;
  /** An operation is committed. */
  submitted(): void;
  /** An operation cannot be sent again just so; something else has to be done. */
  cannotSubmit(remedy: Remedy, error: unknown): void;
}

/** Brings what the user does to the server: edits, kept before they are sent, and selections. */
export class Delivery implements SubmitterHost, SelectionSenderHost {
  readonly #local: LocalCopy;
  readonly #channel: DocumentChannel;
  readonly #keeper: EditKeeper | undefined;
  readonly #host: DeliveryHost;
  readonly #submitter: Submitter;
  readonly #selection: SelectionSender;

  constructor(local: LocalCopy, channel: DocumentChannel, keeper: EditKeeper | undefined, host: DeliveryHost) {
    this.#local = local;
    this.#channel = channel;
    this.#keeper = keeper;
    this.#host = host;
    this.#submitter = new Submitter(local.replica, this);
    this.#selection = new SelectionSender(local.selection, this);
  }

  /** Sends what there is to send. */
  pump(): void {
    this.#submitter.pump();
    this.#selection.schedule();
  }

  /** The connection is lost, or the document left. */
  pause(): void {
    this.#submitter.stop();
    this.#selection.forget();
  }

  /** Sends nothing any more. */
  stop(): void {
    this.#selection.stop();
  }

  // Edits

  get canSubmit(): boolean {
    return this.#host.canSubmit;
  }

  beforeSubmit(): Promise<void> | undefined {
    return this.#keeper?.keep();
  }

  async submit({ operationId, baseRevision, operation }: OutgoingOperation, isLast: boolean): Promise<number> {
    const selection = isLast ? this.#local.selection.current : null;
    if (selection !== null) this.#local.selection.known = selection;
    const { documentId } = this.#host;
    const span = this.#channel.tracer?.submit({ documentId, operationId });
    // as plain values, which every framing can write
    const request = {
      ...{ documentId, operationId, baseRevision, operation: operation.toJSON(), selection },
      ...(span !== undefined && { traceparent: span.traceparent }),
    };
    const answer = await withinSpan(span, () => this.#channel.invoke('SubmitOperation', request));
    return (answer as SubmitOperationResult).revision;
  }

  saved(revision: number): void {
    this.#host.entries.expect(revision);
    this.#host.submitted();
  }

  cannotSubmit(remedy: Remedy, error: unknown): void {
    this.#host.cannotSubmit(remedy, error);
  }

  // Selections

  get canSendSelection(): boolean {
    return this.#host.canSubmit && this.#local.replica.pending.length === 0;
  }

  async sendSelection(selection: Selection | null): Promise<void> {
    const { revision } = this.#local.replica;
    await this.#channel.invoke('UpdateSelection', { documentId: this.#host.documentId, revision, selection });
  }

  cannotSendSelection(error: unknown): void {
    // the next one does: a selection is not worth more
    if (remedyFor(error) === 'refused') this.#host.events.emit('error', error as CollabError);
  }
}
