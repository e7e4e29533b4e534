import type { CommittedOperation } from '../../protocol/index.js';

/** What is kept of entries that came too early; the last are dropped first, and asked for again when their turn comes. */
const MAX_WAITING = 10_000;

/**
 * Puts the entries of a log into the order of their revisions, however they came in: what is there already is dropped,
 * what comes early waits.
 */
export class EntryOrder {
  /** What came in and was not taken, in order. Nearly always empty: a map that is filled and emptied with every entry keeps garbage alive. */
  #waiting: CommittedOperation[] = [];
  /** The last one that was taken; not a number before {@link startAfter}. */
  #revision = NaN;
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
      if (entry.revision <= this.#revision) continue;
      const place = this.#waiting.findLastIndex(({ revision }) => revision <= entry.revision);
      if (this.#waiting[place]?.revision !== entry.revision) this.#waiting.splice(place + 1, 0, entry);
      if (this.#waiting.length > MAX_WAITING) this.#waiting.pop();
    }
  }

  /** The entry that follows the last one that was taken, if it is there. Nothing before {@link startAfter}. */
  get next(): CommittedOperation | undefined {
    const [first] = this.#waiting;
    return first?.revision === this.#revision + 1 ? first : undefined;
  }

  /** The {@link next} entry is taken. */
  take(entry: CommittedOperation): void {
    this.#waiting.shift();
    this.#revision = entry.revision;
  }

  /** Entries after this revision are to be taken from now on; what was heard of the server's head before is forgotten. */
  startAfter(revision: number): void {
    // after a first snapshot what came early follows it; after a later one it may belong to a log that was set back
    this.#waiting = Number.isNaN(this.#revision) ? this.#waiting.filter((entry) => entry.revision > revision) : [];
    this.#revision = revision;
    this.#head = this.#waiting.at(-1)?.revision ?? revision;
  }
}
