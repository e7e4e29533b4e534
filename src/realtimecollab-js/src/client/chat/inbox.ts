import type { ChatNotification, Mention } from '../../protocol/index.js';
import type { HubLink } from '../connection/hubLink.js';
import type { HubTransport } from '../connection/transport.js';
import { CollabConnectionError, CollabServerError, type CollabError } from '../errors.js';

/** What {@link Inbox} tells. */
export interface InboxHost {
  /** The user hears of something for the first time in this client. */
  arrived(notification: ChatNotification): void;
  changed(notifications: readonly ChatNotification[]): void;
  refused(error: CollabError): void;
}

/** Most notifications that are read or acknowledged at once. */
const PAGE = 200;

/** What the user is to hear of: read on each connection, completed by what comes live, until it is acknowledged. */
export class Inbox {
  readonly #link: HubLink;
  readonly #host: InboxHost;
  readonly #open = new Map<number, ChatNotification>();
  /** Those that are not to be shown again, although the server may still have them. */
  readonly #acknowledged = new Set<number>();
  /** Those that the server does not know as acknowledged. */
  readonly #toTell = new Set<number>();

  constructor(link: HubLink, transport: HubTransport, host: InboxHost) {
    this.#link = link;
    this.#host = host;
    transport.on('NotificationReceived', (notification: ChatNotification) => this.#take([notification]));
    transport.on('Mentioned', ({ notificationId, message }: Mention) => {
      const { roomId, timestamp } = message;
      this.#take([{ id: notificationId, type: 'mention', roomId, message, timestamp }]);
    });
  }

  /** In the order of their ids. */
  get list(): readonly ChatNotification[] {
    return [...this.#open.values()].sort((a, b) => a.id - b.id);
  }

  /** Reads on a new connection what came while there was none. Those that another device acknowledged are gone. */
  async resume(): Promise<void> {
    const before = [...this.#open.keys()];
    try {
      await this.#tell();
      const found = new Set(await this.#read());
      for (const id of before) if (!found.has(id)) this.#open.delete(id);
      this.#host.changed(this.list);
    } catch (error) {
      // after the loss of the connection the next one does it all
      if (error instanceof CollabServerError) this.#host.refused(error);
    }
  }

  /** Shows them no longer, here and on the next connection; told to the server as soon as there is one. */
  async acknowledge(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      this.#open.delete(id);
      this.#acknowledged.add(id);
      this.#toTell.add(id);
    }
    this.#host.changed(this.list);
    if (this.#link.state !== 'connected') return;
    try {
      await this.#tell();
    } catch (error) {
      if (!(error instanceof CollabConnectionError)) throw error; // the next connection tells it
    }
  }

  async #tell(): Promise<void> {
    const ids = [...this.#toTell].slice(0, PAGE);
    if (ids.length === 0) return;
    await this.#link.invoke('AcknowledgeNotifications', { ids });
    for (const id of ids) this.#toTell.delete(id);
    await this.#tell();
  }

  async #read(): Promise<readonly number[]> {
    const ids: number[] = [];
    for (let afterId = 0; ; afterId = ids.at(-1) as number) {
      const answer = await this.#link.invoke('GetNotifications', { afterId, limit: PAGE });
      const { notifications } = answer as { readonly notifications: readonly ChatNotification[] };
      if (notifications.length === 0) return ids;
      ids.push(...notifications.map(({ id }) => id));
      this.#take(notifications);
    }
  }

  #take(notifications: readonly ChatNotification[]): void {
    const fresh = notifications.filter(({ id }) => !this.#open.has(id) && !this.#acknowledged.has(id));
    for (const notification of fresh) this.#open.set(notification.id, notification);
    if (fresh.length > 0) this.#host.changed(this.list);
    for (const notification of fresh) this.#host.arrived(notification);
  }
}
