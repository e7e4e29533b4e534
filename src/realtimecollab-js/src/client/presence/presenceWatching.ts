import type { PresenceUser, PresenceUsers } from '../../protocol/presence.js';
import type { HubLink } from '../connection/hubLink.js';
import { CollabServerError } from '../errors.js';
import { WatchList, type Watched } from './watchList.js';

/** What {@link PresenceWatching} tells. */
export interface WatchingHost {
  changed(users: readonly PresenceUser[]): void;
  /** Something that was watched on an earlier connection cannot be watched any more. */
  refused(error: CollabServerError): void;
}

/** Asks the server for those whom the client wants to watch, once for each connection, and knows how they are. */
export class PresenceWatching {
  readonly #link: HubLink;
  readonly #host: WatchingHost;
  readonly #list = new WatchList();
  /** For each watch under way, of whom the server spoke meanwhile: that is newer than its answer. */
  readonly #spoken = new Set<Set<string>>();

  constructor(link: HubLink, host: WatchingHost) {
    this.#link = link;
    this.#host = host;
  }

  get users(): ReadonlyMap<string, PresenceUser> {
    return this.#list.users;
  }

  async watch(watched: Watched): Promise<readonly PresenceUser[]> {
    const added = this.#list.add(watched);
    try {
      return await this.#ask(watched);
    } catch (error) {
      // after the loss of a connection the next one asks for it
      if (error instanceof CollabServerError) this.#list.remove(added);
      throw error;
    }
  }

  async unwatch(watched: Watched): Promise<void> {
    const gone = this.#list.remove(watched.userIds || watched.documentIds ? watched : this.#list.wanted);
    if (gone.length > 0) this.#host.changed(gone);
    if (this.#link.state === 'connected') await this.#link.invoke('Unwatch', watched);
  }

  /** The server says how users are. */
  receive(users: readonly PresenceUser[]): void {
    for (const spoken of this.#spoken) for (const { userId } of users) spoken.add(userId);
    this.#list.take(users);
    this.#host.changed(users);
  }

  /** Asks for everything on a new connection; what is refused now, such as a document that one may read no longer, is given up. */
  async resume(): Promise<void> {
    const { userIds, documentIds } = this.#list.wanted;
    if (userIds.length + documentIds.length === 0) return;
    try {
      await this.#ask({ userIds, documentIds }, [...this.users.keys()]);
    } catch (error) {
      if (!(error instanceof CollabServerError)) throw error;
      for (const part of [{ userIds }, ...documentIds.map((id) => ({ documentIds: [id] }))])
        await this.#resumePart(part);
    }
  }

  async #resumePart(part: Watched): Promise<void> {
    try {
      await this.#ask(part);
    } catch (error) {
      if (!(error instanceof CollabServerError)) throw error;
      this.#host.changed(this.#list.remove(part));
      this.#host.refused(error);
    }
  }

  /** @param known forgotten unless the server names them, now or meanwhile. */
  async #ask(watched: Watched, known: readonly string[] = []): Promise<readonly PresenceUser[]> {
    const spoken = new Set<string>();
    this.#spoken.add(spoken);
    try {
      const { users } = (await this.#link.invoke('Watch', watched)) as PresenceUsers;
      const fresh = users.filter(({ userId }) => !spoken.has(userId));
      this.#list.take(fresh);
      const named = new Set([...users.map(({ userId }) => userId), ...spoken]);
      const gone = this.#list.forget(known.filter((userId) => !named.has(userId)));
      this.#host.changed([...fresh, ...gone]);
      return users;
    } finally {
      this.#spoken.delete(spoken);
    }
  }
}
