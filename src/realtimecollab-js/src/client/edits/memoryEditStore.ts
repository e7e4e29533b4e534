import type { EditKey, EditStore, KeptEdits } from './editStore.js';

interface Entry {
  readonly key: string;
  readonly owner: string;
  /** As JSON, so that nothing is kept that a database would not keep. */
  readonly edits: string;
}

/** An {@link EditStore} that lasts as long as this object: for tests, and for clients that come and go in one process. */
export class MemoryEditStore implements EditStore {
  readonly #owners = new Set<string>();
  #entries: readonly Entry[] = [];

  async claim(key: EditKey, owner: string): Promise<KeptEdits | null> {
    this.#owners.add(owner);
    const name = nameOf(key);
    const left = this.#entries.find(
      (entry) => entry.key === name && (entry.owner === owner || !this.#owners.has(entry.owner)),
    );
    if (left === undefined) return null;
    this.#entries = this.#entries.map((entry) => (entry === left ? { ...left, owner } : entry));
    return JSON.parse(left.edits) as KeptEdits;
  }

  async keep(key: EditKey, owner: string, edits: KeptEdits): Promise<void> {
    this.#owners.add(owner);
    this.#entries = [...this.#without(key, owner), { key: nameOf(key), owner, edits: JSON.stringify(edits) }];
  }

  async forget(key: EditKey, owner: string): Promise<void> {
    this.#entries = this.#without(key, owner);
  }

  release(owner: string): void {
    this.#owners.delete(owner);
  }

  /** How many documents have edits here. */
  get size(): number {
    return this.#entries.length;
  }

  #without(key: EditKey, owner: string): readonly Entry[] {
    const name = nameOf(key);
    return this.#entries.filter((entry) => entry.key !== name || entry.owner !== owner);
  }
}

function nameOf({ server, userId, documentId }: EditKey): string {
  return JSON.stringify([server, userId, documentId]);
}
