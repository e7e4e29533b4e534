import type { Replica } from '../document/replica.js';
import type { EditKey, EditStore, KeptEdits } from './editStore.js';

/** Edits are kept so long after they were made, in milliseconds; one that is sent is kept before. */
const DELAY_MS = 100;

/** A store of edits, as one client uses it. */
export interface EditStoreAccess {
  readonly store: EditStore;
  /** The name of this client in the store. */
  readonly owner: string;
  /** The key of a document; settled when the user is known. */
  keyOf(documentId: string): Promise<EditKey>;
}

/** Keeps the pending edits of one document in a store for as long as the server does not have them. */
export class EditKeeper {
  readonly #documentId: string;
  readonly #access: EditStoreAccess;
  readonly #replica: Replica;
  readonly #failed: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is done in the store is done one after another. */
  #work: Promise<void> = Promise.resolve();
  #isKept = false;

  /** @param failed hears of a store that does not work, which hinders nothing else. */
  constructor(documentId: string, access: EditStoreAccess, replica: Replica, failed: (error: unknown) => void) {
    this.#documentId = documentId;
    this.#access = access;
    this.#replica = replica;
    this.#failed = failed;
  }

  /** What was left of the document by a client that is gone. */
  async claim(): Promise<KeptEdits | null> {
    try {
      const key = await this.#access.keyOf(this.#documentId);
      const edits = await this.#access.store.claim(key, this.#access.owner);
      this.#isKept = edits !== null;
      return edits;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** Something was edited or has come in. */
  changed(): void {
    if (!this.#isKept && this.#replica.outgoing === null) return;
    this.#timer ??= setTimeout(() => void this.keep(), DELAY_MS);
  }

  /** Brings the store up to date at once. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await (this.#work = this.#work.then(() => this.#write()));
  }

  async #write(): Promise<void> {
    const { store, owner } = this.#access;
    if (!this.#isKept && this.#replica.outgoing === null) return;
    try {
      const key = await this.#access.keyOf(this.#documentId);
      const edits = this.#replica.kept;
      if (edits !== null) await store.keep(key, owner, edits);
      else if (this.#isKept) await store.forget(key, owner);
      this.#isKept = edits !== null;
    } catch (error) {
      this.#failed(error);
    }
  }
}
