import type { PresenceUser, PresenceUsers, SettableStatus } from '../../protocol/presence.js';
import type { ConnectionState, HubLink } from '../connection/hubLink.js';
import { watchNetwork } from '../connection/network.js';
import { openHub } from '../connection/openHub.js';
import { Emitter, type Unsubscribe } from '../emitter.js';
import { CollabServerError, type CollabError } from '../errors.js';
import type { CollabClientOptions } from '../options.js';
import { randomId } from '../randomId.js';
import { pageActivity, type Activity } from './activity.js';
import { PresenceReporting } from './presenceReporting.js';
import { PresenceWatching } from './presenceWatching.js';
import type { Watched } from './watchList.js';

/** What a {@link PresenceClient} tells. */
export interface PresenceEvents {
  /** Users who are watched changed, came into sight or went out of it; {@link PresenceClient.users} has them as they are now. */
  change: readonly PresenceUser[];
  /** Those who came online. */
  online: readonly PresenceUser[];
  /** Those who went offline. */
  offline: readonly PresenceUser[];
  connection: ConnectionState;
  /** Connecting failed, a connection broke, or something that was watched cannot be watched any more. */
  error: CollabError;
}

/** How a {@link PresenceClient} connects; with the `clientId` of a `CollabClient` it is part of the same device. */
export interface PresenceClientOptions extends Omit<CollabClientOptions, 'editStore'> {
  /** Whether somebody is at the device; by default what the page notices of its user. */
  readonly activity?: Activity;
}

/**
 * Who is here. The connection is made with the first call and kept up by itself; on a new one the status is set again, and everything
 * that is watched is asked for again.
 *
 * ```ts
 * const presence = new PresenceClient({ url, token, clientId: client.clientId });
 * presence.on('change', () => render([...presence.users.values()]));
 * await presence.watch({ documentIds: ['notes'] });
 * await presence.setStatus('busy', 'in a meeting');
 * ```
 */
export class PresenceClient {
  readonly #events = new Emitter<PresenceEvents>();
  readonly #link: HubLink;
  readonly #watching: PresenceWatching;
  readonly #reporting: PresenceReporting;
  readonly #unwatchNetwork: Unsubscribe;

  constructor(options: PresenceClientOptions) {
    const { transport, link } = openHub('presence', options.clientId ?? randomId(), options);
    this.#link = link;
    this.#reporting = new PresenceReporting(this.#link, options.activity ?? pageActivity());
    this.#watching = new PresenceWatching(this.#link, {
      changed: (users) => this.#events.emit('change', users),
      refused: (error) => this.#events.emit('error', error),
    });
    transport.on('PresenceChanged', ({ users }: PresenceUsers) => this.#watching.receive(users));
    transport.on('UserOnline', ({ users }: PresenceUsers) => this.#events.emit('online', users));
    transport.on('UserOffline', ({ users }: PresenceUsers) => this.#events.emit('offline', users));
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
    return this.#watching.users;
  }

  /** Listens to an event until the returned function is called. */
  on<Name extends keyof PresenceEvents>(name: Name, listener: (event: PresenceEvents[Name]) => void): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Watches users, and the members of documents, beside those who are watched already. Waits for a connection, if need be for ever.
   * @returns how they are now.
   * @throws {CollabError} `permission_denied`, `document_not_found`, `rate_limited` beyond what one may watch: nothing has changed then.
   */
  async watch(watched: Watched): Promise<readonly PresenceUser[]> {
    await this.#link.ready();
    return this.#watching.watch(watched);
  }

  /** Watches them no longer; with neither users nor documents, nobody. */
  async unwatch(watched: Watched = {}): Promise<void> {
    await this.#watching.unwatch(watched);
  }

  /** Tells how users are now, without watching them. */
  async getPresence(userIds: readonly string[]): Promise<readonly PresenceUser[]> {
    await this.#link.ready();
    return ((await this.#link.invoke('GetPresence', { userIds })) as PresenceUsers).users;
  }

  /**
   * Sets the status of this device, until it is set again. `online` reads `away` while nobody is at it.
   * @param text at most 128 UTF-16 code units, without control characters.
   */
  async setStatus(status: SettableStatus, text?: string): Promise<void> {
    await this.#link.ready();
    await this.#reporting.setStatus({ status, ...(text !== undefined && { text }) });
  }

  /** Disconnects. Unless the device has other connections, the user is offline a few seconds later. */
  async close(): Promise<void> {
    this.#unwatchNetwork();
    await this.#link.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #connectionIs(state: ConnectionState): void {
    if (state === 'connected') void this.#resume();
    else this.#reporting.stop();
    this.#events.emit('connection', state);
  }

  /** The server knows nothing of the connections before this one. */
  async #resume(): Promise<void> {
    try {
      await Promise.all([this.#reporting.resume(), this.#watching.resume()]);
    } catch (error) {
      // after the loss of the connection the next one does it all
      if (error instanceof CollabServerError) this.#events.emit('error', error);
    }
  }
}
