import type { EditKey, EditStore, KeptEdits } from './editStore.js';

interface Entry {
  readonly document: readonly string[];
  readonly owner: string;
  readonly edits: KeptEdits;
}

const TABLE = 'edits';
const BY_DOCUMENT = 'document';

/**
 * Keeps edits in the browser's IndexedDB, also after the tab was closed. A Web Lock for each client tells which of them
 * are gone; both exist in pages and workers that were loaded over https or from localhost.
 */
export class IndexedDbEditStore implements EditStore {
  readonly #name: string;
  readonly #releases = new Map<string, () => void>();
  #database: Promise<IDBDatabase> | undefined;

  /** Whether this page or worker can have one; elsewhere, as in Node, leave it out. */
  static get isSupported(): boolean {
    return 'indexedDB' in globalThis && navigator.locks !== undefined;
  }

  /** @param name of the database. */
  constructor(name = 'realtimecollab') {
    this.#name = name;
  }

  async claim(key: EditKey, owner: string): Promise<KeptEdits | null> {
    await this.#announce(owner);
    // one at a time, so that nobody takes what somebody else has just taken over
    return navigator.locks.request(`${this.#name} claim`, async () => {
      const { held = [] } = await navigator.locks.query();
      const present = new Set(held.map((lock) => lock.name));
      return this.#within('readwrite', async (table) => {
        const entries = (await settled(table.index(BY_DOCUMENT).getAll(documentOf(key)))) as Entry[];
        const left = entries.find((entry) => entry.owner === owner || !present.has(this.#lockOf(entry.owner)));
        if (left === undefined) return null;
        table.delete([...left.document, left.owner]);
        table.put({ ...left, owner }, [...left.document, owner]);
        return left.edits;
      });
    });
  }

  async keep(key: EditKey, owner: string, edits: KeptEdits): Promise<void> {
    await this.#announce(owner);
    const entry: Entry = { document: documentOf(key), owner, edits };
    await this.#within('readwrite', (table) => settled(table.put(entry, [...entry.document, owner])));
  }

  async forget(key: EditKey, owner: string): Promise<void> {
    await this.#within('readwrite', (table) => settled(table.delete([...documentOf(key), owner])));
  }

  release(owner: string): void {
    this.#releases.get(owner)?.();
    this.#releases.delete(owner);
  }

  /** Holds the owner's lock until it is released, or the page is gone. */
  async #announce(owner: string): Promise<void> {
    if (this.#releases.has(owner)) return;
    await new Promise<void>((resolve, reject) => {
      const hold = new Promise<void>((release) => this.#releases.set(owner, release));
      navigator.locks
        .request(this.#lockOf(owner), () => {
          resolve();
          return hold;
        })
        .catch(reject);
    });
  }

  async #within<T>(mode: IDBTransactionMode, action: (table: IDBObjectStore) => Promise<T>): Promise<T> {
    this.#database ??= this.#open();
    const transaction = (await this.#database).transaction(TABLE, mode);
    const committed = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the database ended a transaction'));
    });
    const [result] = await Promise.all([action(transaction.objectStore(TABLE)), committed]);
    return result;
  }

  async #open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(TABLE).createIndex(BY_DOCUMENT, 'document');
    };
    const database = await settled(request);
    const forget = (): void => (this.#database = undefined);
    database.onclose = forget;
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  }

  #lockOf(owner: string): string {
    return `${this.#name} ${owner}`;
  }
}

function documentOf({ server, userId, documentId }: EditKey): string[] {
  return [server, userId, documentId];
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database failed'));
  });
}
