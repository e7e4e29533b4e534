import type { PresenceUser, PresenceUsers, SettableStatus } from '../../protocol/presence.js';
import { HubLink, type ConnectionState } from '../connection/hubLink.js';
import { watchNetwork } from '../connection/network.js';
import { jitteredBackoff } from '../connection/retry.js';
import { signalRTransport } from '../connection/signalr.js';
import { Emitter, type Unsubscribe } from '../emitter.js';
import { CollabConnectionError, CollabError, CollabServerError } from '../errors.js';
import { hubUrl, type CollabClientOptions } from '../options.js';
import { randomId } from '../randomId.js';
import { pageActivity, type Activity } from './activity.js';
import { WatchList, type Watched } from './watchList.js';

/** What {@link PresenceClient} tells. */
export interface PresenceEvents {
  /** Users whom one watches changed, came into sight or went out of it; {@link PresenceClient.users} has them as they are now. */
  change: readonly PresenceUser[];
  /** Those who came online. */
  online: readonly PresenceUser[];
  /** Those who went offline. */
  offline: readonly PresenceUser[];
  connection: ConnectionState;
  /** Connecting failed, a connection broke, or something could not be asked for again. */
  error: CollabError;
}

/** How a {@link PresenceClient} connects; the `options` of a `CollabClient` make it part of the same device. */
export interface PresenceClientOptions extends CollabClientOptions {
  /** Whether somebody is at the device; by what the page notices, by default. */
  readonly activity?: Activity;
}

/** The interval that the protocol asks for, in milliseconds. */
const HEARTBEAT_MS = 10_000;

/**
 * Who is here. The connection is made with the first call and kept up by itself; on a new one everything that is watched is asked for
 * again, and the status is set again.
 *
 * ```ts
 * const presence = new PresenceClient(client.options);
 * presence.on('change', () => render([...presence.users.values()]));
 * await presence.watch({ documentIds: ['notes'] });
 * await presence.setStatus('busy', 'in a meeting');
 * ```
 */
export class PresenceClient {
  readonly #events = new Emitter<PresenceEvents>();
  readonly #list = new WatchList();
  readonly #link: HubLink;
  readonly #activity: Activity;
  readonly #unwatchNetwork: Unsubscribe;
  /** Of whom the server spoke while a watch is under way: that is newer than its answer. */
  readonly #answering = new Set<Set<string>>();
  #unwatchActivity: Unsubscribe | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #own: { readonly status: SettableStatus; readonly text: string | undefined } | undefined;
  #isClosed = false;

  constructor(options: PresenceClientOptions) {
    const transport = (options.transport ?? signalRTransport)({
      url: hubUrl(options.url, 'presence', options.clientId ?? randomId(), options.device),
      token: options.token,
    });
    this.#activity = options.activity ?? pageActivity();
    this.#link = new HubLink(transport, options.retry ?? jitteredBackoff());
    transport.on('PresenceChanged', ({ users }: PresenceUsers) => this.#changed(users));
    transport.on('UserOnline', ({ users }: PresenceUsers) => this.#events.emit('online', users));
    transport.on('UserOffline', ({ users }: PresenceUsers) => this.#events.emit('offline', users));
    transport.on('Welcome', () => undefined);
    transport.on('Error', () => undefined); // every call waits for its result, which says the same
    this.#link.events.on('error', (error) => this.#events.emit('error', error));
    this.#link.events.on('state', (state) => this.#connectionIs(state));
    this.#unwatchNetwork = watchNetwork({ online: () => this.#link.retryNow(), offline: () => undefined });
  }

  /** The state of the connection. */
  get connection(): ConnectionState {
    return this.#link.state;
  }

  /** Those who are watched, by their ids, as the server last said. */
  get users(): ReadonlyMap<string, PresenceUser> {
    return this.#list.users;
  }

  /** Listens to an event until the returned function is called. */
  on<Name extends keyof PresenceEvents>(name: Name, listener: (event: PresenceEvents[Name]) => void): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Watches users, and the members of documents, beside those who are watched already.
   * @returns how they are now; waits for a connection, if need be for ever.
   * @throws {CollabError} `permission_denied`, `document_not_found`, `rate_limited` beyond what one may watch; nothing has changed then.
   */
  async watch(watched: Watched): Promise<readonly PresenceUser[]> {
    await this.#connected();
    const added = this.#list.add(watched);
    try {
      return await this.#ask(watched);
    } catch (error) {
      // a connection that broke asks again for everything
      if (error instanceof CollabServerError) this.#list.remove(added);
      throw error;
    }
  }

  /** Watches them no longer. */
  async unwatch(watched: Watched): Promise<void> {
    const wasInSight = [...this.#list.users.values()];
    if (this.#list.remove(watched)) {
      const gone = wasInSight.filter(({ userId }) => !this.#list.users.has(userId));
      this.#events.emit('change', gone);
    }
    if (this.#link.state === 'connected') await this.#link.invoke('Unwatch', watched);
  }

  /** Tells how users are now, without watching them. */
  async getPresence(userIds: readonly string[]): Promise<readonly PresenceUser[]> {
    await this.#connected();
    const { users } = (await this.#link.invoke('GetPresence', { userIds })) as PresenceUsers;
    return users;
  }

  /**
   * Sets the status of this device, until it is set again. `online` reads `away` while nobody is at it.
   * @param text at most 128 UTF-16 code units, without control characters.
   */
  async setStatus(status: SettableStatus, text?: string): Promise<void> {
    await this.#connected();
    await this.#link.invoke('SetStatus', { status, text });
    this.#own = { status, text };
  }

  /** Disconnects. Unless the device has other connections, the user is offline a few seconds later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unwatchNetwork();
    this.#list.clear();
    await this.#link.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #changed(users: readonly PresenceUser[]): void {
    for (const spoken of this.#answering) for (const { userId } of users) spoken.add(userId);
    this.#list.take(users);
    this.#events.emit('change', users);
  }

  async #ask(watched: Watched): Promise<readonly PresenceUser[]> {
    const spoken = new Set<string>();
    this.#answering.add(spoken);
    try {
      const { users } = (await this.#link.invoke('Watch', watched)) as PresenceUsers;
      const fresh = users.filter(({ userId }) => !spoken.has(userId));
      this.#list.take(fresh);
      this.#events.emit('change', fresh);
      return users;
    } finally {
      this.#answering.delete(spoken);
    }
  }

  #connected(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new CollabError('closed', 'the client is closed'));
    this.#link.start();
    if (this.#link.state === 'connected') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const unsubscribe = this.#link.events.on('state', (state) => {
        if (state === 'connecting') return;
        unsubscribe();
        if (state === 'connected') resolve();
        else reject(new CollabConnectionError('the client gave up connecting'));
      });
    });
  }

  #connectionIs(state: ConnectionState): void {
    clearInterval(this.#heartbeat);
    this.#unwatchActivity?.();
    this.#unwatchActivity = undefined;
    if (state === 'connected') {
      this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS);
      this.#unwatchActivity = this.#activity.watch(() => void this.#beat());
      void this.#resume();
    }
    this.#events.emit('connection', state);
  }

  /** The server knows nothing of the connections before this one. */
  async #resume(): Promise<void> {
    const { wanted } = this.#list;
    await this.#reporting(async () => {
      if (this.#own !== undefined) await this.#link.invoke('SetStatus', this.#own);
    });
    await this.#reporting(async () => {
      if (wanted !== undefined) this.#list.keepOnly(await this.#ask(wanted));
    });
    await this.#beat();
  }

  #beat(): Promise<void> {
    return this.#reporting(() => this.#link.invoke('Heartbeat', { active: this.#activity.isActive }));
  }

  /** A broken connection is followed by the next one, which does it all again; a refusal is told. */
  async #reporting(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (error instanceof CollabServerError) this.#events.emit('error', error);
    }
  }
}
