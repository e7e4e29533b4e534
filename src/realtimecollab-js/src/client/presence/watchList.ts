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

  get wanted(): Required<Watched> {
    return { userIds: [...this.#userIds], documentIds: [...this.#documentIds] };
  }

  /** @returns what was not wanted before. */
  add({ userIds = [], documentIds = [] }: Watched): Watched {
    return { userIds: addAll(this.#userIds, userIds), documentIds: addAll(this.#documentIds, documentIds) };
  }

  /** @returns those who are not known any longer. */
  remove({ userIds = [], documentIds = [] }: Watched): readonly PresenceUser[] {
    for (const id of userIds) this.#userIds.delete(id);
    for (const id of documentIds) this.#documentIds.delete(id);
    return this.forget([...this.users.values()].filter((user) => !this.#sees(user)).map(({ userId }) => userId));
  }

  /** Takes what the server says of users. Those who left the last watched document are not known any longer. */
  take(users: readonly PresenceUser[]): void {
    for (const user of users) {
      if (this.#sees(user)) this.users.set(user.userId, user);
      else this.users.delete(user.userId);
    }
  }

  /** @returns those of them who were known. */
  forget(userIds: readonly string[]): readonly PresenceUser[] {
    const gone = userIds.flatMap((userId) => this.users.get(userId) ?? []);
    for (const userId of userIds) this.users.delete(userId);
    return gone;
  }

  #sees({ userId, documents }: PresenceUser): boolean {
    return this.#userIds.has(userId) || documents.some((id) => this.#documentIds.has(id));
  }
}

function addAll(set: Set<string>, ids: readonly string[]): string[] {
  const added = ids.filter((id) => !set.has(id));
  for (const id of added) set.add(id);
  return added;
}
