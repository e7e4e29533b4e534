import type { CommittedOperation } from '../../protocol/index.js';
import type { EntryOrder } from './entryOrder.js';

/** What {@link CatchUp} works on. */
export interface CatchUpTarget {
  readonly revision: number;
  /** Reads entries after a revision from the server. */
  fetch(fromRevision: number): Promise<readonly CommittedOperation[]>;
  /** Takes entries in. */
  receive(entries: readonly CommittedOperation[]): void;
  /** Reading failed. */
  failed(error: unknown): void;
}

/** How long what is on its way may take before it is asked for, in milliseconds. */
const PATIENCE_MS = 200;

/** Asks the server for entries that are known to exist and do not come. */
export class CatchUp {
  readonly #order: EntryOrder;
  readonly #target: CatchUpTarget;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(order: EntryOrder, target: CatchUpTarget) {
    this.#order = order;
    this.#target = target;
  }

  /** Call it when the head may be ahead of the revision: what does not arrive in a moment is asked for. */
  check(): void {
    if (this.#timer !== undefined || !this.#isBehind) return;
    this.#timer = setTimeout(() => void this.#runChecked(), PATIENCE_MS);
  }

  /** Reads until the revision is that of the head, or the server has no more. @throws {CollabError} */
  async run(): Promise<void> {
    this.#running ??= this.#readToHead().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** Forgets a check that is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #readToHead(): Promise<void> {
    while (this.#isBehind) {
      const from = this.#target.revision;
      this.#target.receive(await this.#target.fetch(from));
      if (this.#target.revision === from) return;
    }
  }

  async #runChecked(): Promise<void> {
    this.#timer = undefined;
    try {
      await this.run();
    } catch (error) {
      this.#target.failed(error);
    }
  }

  get #isBehind(): boolean {
    return this.#order.head > this.#target.revision;
  }
}
