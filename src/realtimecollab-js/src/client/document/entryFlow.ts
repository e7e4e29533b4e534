import type { TextOperation } from '../../ot/index.js';
import type { CommittedOperation, OperationBatch } from '../../protocol/index.js';
import { CatchUp, type CatchUpTarget } from '../connection/catchUp.js';
import type { Unsubscribe } from '../emitter.js';
import type { DocumentChannel } from './channel.js';
import { EntryOrder } from './entryOrder.js';
import type { LocalCopy } from './localCopy.js';

/** What {@link EntryFlow} needs of its document. */
export interface EntryFlowHost {
  readonly documentId: string;
  /** Whether entries are to be taken: not before the content is there, nor when it is to be loaded anew. */
  readonly isFollowing: boolean;
  readonly isJoined: boolean;
  /** Entries have come in. */
  proceed(): void;
  /** An entry does not fit the local copy. */
  diverged(error: unknown): void;
  /** Entries that are known to exist could not be read. */
  cannotCatchUp(error: unknown): void;
}

/** Brings entries of the log into the local copy: each once, in the order of their revisions, with none left out. */
export class EntryFlow implements CatchUpTarget<readonly CommittedOperation[]> {
  readonly #local: LocalCopy;
  readonly #channel: DocumentChannel;
  readonly #host: EntryFlowHost;
  readonly #order = new EntryOrder();
  readonly #catchUp = new CatchUp(this);
  readonly #holders = new Set<(operation: TextOperation) => boolean>();

  constructor(local: LocalCopy, channel: DocumentChannel, host: EntryFlowHost) {
    this.#local = local;
    this.#channel = channel;
    this.#host = host;
  }

  get revision(): number {
    return this.#local.replica.revision;
  }

  /** Takes entries in, in any order, and applies those whose turn it is. */
  receive(entries: readonly CommittedOperation[]): void {
    this.#order.add(entries);
    this.proceed();
  }

  /** Applies the entries whose turn it is; asks for those that do not come. */
  proceed(): void {
    const before = this.revision;
    while (this.#host.isFollowing && this.#order.next !== undefined && !this.#isHeld) {
      const entry = this.#order.next;
      this.#order.take(entry);
      try {
        this.#local.take(entry, this.#channel.userId());
      } catch (error) {
        this.#host.diverged(error);
      }
    }
    if (this.#host.isFollowing && this.#host.isJoined && this.#order.next === undefined) this.#catchUp.check();
    if (this.revision !== before) this.#host.proceed();
  }

  /** Entries wait for as long as one of the holders says so of what the next one does to the local content. */
  holdWhile(mustWait: (operation: TextOperation) => boolean): Unsubscribe {
    const holder = (operation: TextOperation): boolean => mustWait(operation);
    this.#holders.add(holder);
    return () => {
      if (this.#holders.delete(holder)) this.proceed();
    };
  }

  /** The server is known to have this revision: what lies before it comes in a moment, or is asked for. */
  expect(revision: number): void {
    this.#order.noteHead(revision);
    this.proceed();
  }

  /** Reads everything up to a revision. @throws {CollabError} */
  async readTo(revision: number): Promise<void> {
    this.#order.noteHead(revision);
    await this.#catchUp.run();
  }

  /** The local copy was replaced by the server's content at this revision. */
  restartAfter(revision: number): void {
    this.#order.startAfter(revision);
  }

  /** Asks for nothing any more. */
  stop(): void {
    this.#catchUp.stop();
  }

  get #isHeld(): boolean {
    if (this.#holders.size === 0 || this.#order.next === undefined) return false;
    const operation = this.#local.preview(this.#order.next, this.#channel.userId());
    return operation !== null && [...this.#holders].some((mustWait) => mustWait(operation));
  }

  /** @internal */
  get position(): number {
    return this.revision;
  }

  /** @internal */
  get head(): number {
    return this.#order.head;
  }

  /** @internal */
  async fetch(fromRevision: number): Promise<readonly CommittedOperation[]> {
    const request = { documentId: this.#host.documentId, fromRevision };
    return ((await this.#channel.invoke('GetOperations', request)) as OperationBatch).operations;
  }

  /** @internal */
  failed(error: unknown): void {
    this.#host.cannotCatchUp(error);
  }
}
