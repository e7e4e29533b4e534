import type { PresenceUser } from '../../protocol/presence.js';

/** Whom to watch. */
export interface Watched {
  readonly userIds?: readonly string[];
  readonly documentIds?: readonly string[];
}

/** Whom a client wants to watch, and what it knows of them. */
export class WatchList {
  readonly users = new Map<string, PresenceUser>();
  readonly #userIds = new Set<string>();
  readonly #documentIds = new Set<string>();

  /** All that is wanted, to be asked for on a new connection; undefined if that is nothing. */
  get wanted(): Watched | undefined {
    if (this.#userIds.size + this.#documentIds.size === 0) return undefined;
    return { userIds: [...this.#userIds], documentIds: [...this.#documentIds] };
  }

  /** @returns what was not wanted before. */
  add({ userIds = [], documentIds = [] }: Watched): Watched {
    return { userIds: addAll(this.#userIds, userIds), documentIds: addAll(this.#documentIds, documentIds) };
  }

  /** @returns whether those who are known have become fewer. */
  remove({ userIds = [], documentIds = [] }: Watched): boolean {
    for (const id of userIds) this.#userIds.delete(id);
    for (const id of documentIds) this.#documentIds.delete(id);
    return this.#forgetUnseen();
  }

  clear(): void {
    this.#userIds.clear();
    this.#documentIds.clear();
    this.users.clear();
  }

  /** Takes what the server says of users. Those who left the last watched document are not known any longer. */
  take(users: readonly PresenceUser[]): void {
    for (const user of users) {
      if (this.#sees(user)) this.users.set(user.userId, user);
      else this.users.delete(user.userId);
    }
  }

  /** Forgets those whom the server, asked for everything, did not name. */
  keepOnly(users: readonly PresenceUser[]): void {
    const named = new Set(users.map(({ userId }) => userId));
    for (const userId of this.users.keys()) if (!named.has(userId)) this.users.delete(userId);
  }

  #sees({ userId, documents }: PresenceUser): boolean {
    return this.#userIds.has(userId) || documents.some((id) => this.#documentIds.has(id));
  }

  #forgetUnseen(): boolean {
    const { size } = this.users;
    this.take([...this.users.values()]);
    return this.users.size < size;
  }
}

function addAll(set: Set<string>, ids: readonly string[]): string[] {
  const added = ids.filter((id) => !set.has(id));
  for (const id of added) set.add(id);
  return added;
}
