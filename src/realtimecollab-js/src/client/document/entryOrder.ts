import type { CommittedOperation } from '../../protocol/index.js';

/** What is kept of entries that came too early; one that is dropped is asked for again when its turn comes. */
const MAX_EARLY = 10_000;

/**
 * Puts the entries of a log into the order of their revisions, however they came in: what is there already is dropped,
 * what comes early waits.
 */
export class EntryOrder {
  readonly #early = new Map<number, CommittedOperation>();
  #revision: number | undefined;
  #head = 0;

  /** The highest revision that the server is known to have. */
  get head(): number {
    return this.#head;
  }

  /** Somebody said that the server has this revision. */
  noteHead(revision: number): void {
    this.#head = Math.max(this.#head, revision);
  }

  /** Takes entries in, in any order. */
  add(entries: readonly CommittedOperation[]): void {
    for (const entry of entries) {
      this.noteHead(entry.revision);
      const isNew = this.#revision === undefined || entry.revision > this.#revision;
      if (isNew && this.#early.size < MAX_EARLY) this.#early.set(entry.revision, entry);
    }
  }

  /** The entry that follows the last one that was taken, if it is there. Nothing before {@link startAfter}. */
  get next(): CommittedOperation | undefined {
    return this.#revision === undefined ? undefined : this.#early.get(this.#revision + 1);
  }

  /** The {@link next} entry is taken. */
  take(entry: CommittedOperation): void {
    this.#early.delete(entry.revision);
    this.#revision = entry.revision;
  }

  /** Entries after this revision are to be taken from now on; what was heard of the server's head before is forgotten. */
  startAfter(revision: number): void {
    const isFirst = this.#revision === undefined;
    this.#revision = revision;
    for (const early of [...this.#early.keys()]) {
      // after a first snapshot what came early follows it; after a later one it may belong to a log that was set back
      if (early <= revision || !isFirst) this.#early.delete(early);
    }
    this.#head = Math.max(revision, ...this.#early.keys());
  }
}
