import type {
  Broadcast,
  ChatHeartbeatResult,
  ChatNotification,
  DocumentRole,
  RoomInfo,
  WelcomeMessage,
} from '../../protocol/index.js';
import { Heartbeat } from '../connection/heartbeat.js';
import type { ConnectionState, HubLink } from '../connection/hubLink.js';
import { watchNetwork } from '../connection/network.js';
import { openHub } from '../connection/openHub.js';
import { Emitter, type Unsubscribe } from '../emitter.js';
import { CollabError } from '../errors.js';
import type { CollabClientOptions } from '../options.js';
import { randomId } from '../randomId.js';
import type { ChatRoom } from './chatRoom.js';
import { Inbox } from './inbox.js';
import { RoomRegistry } from './roomRegistry.js';

/** What a {@link ChatClient} tells. */
export interface ChatEvents {
  connection: ConnectionState;
  /** The user is told of something for the first time in this client: live, or left while there was no connection. */
  notification: ChatNotification;
  /** {@link ChatClient.notifications} has changed. */
  notifications: readonly ChatNotification[];
  /** Something for everyone who is connected; each once. */
  broadcast: Broadcast;
  /** Connecting failed, a connection broke, or something else failed that endangers no message. */
  error: CollabError;
}

/** How a {@link ChatClient} connects; with the `clientId` of a `CollabClient` it is part of the same device. */
export type ChatClientOptions = Omit<CollabClientOptions, 'editStore'>;

/** What a room of its own is to be. */
export interface NewRoom {
  /** `~` and 1 to 120 characters of `A-Z a-z 0-9 . _ ~ -`; random by default. */
  readonly roomId?: string;
  /** What people call it: at most 128 UTF-16 code units. */
  readonly name?: string;
  /** Ids of users who may write there, at most 200. */
  readonly memberIds?: readonly string[];
}

/** What is kept of broadcasts, to tell each once. */
const MAX_BROADCASTS = 100;

/**
 * Chat: one connection, made with the first call and kept up by itself, for any number of rooms.
 *
 * ```ts
 * await using chat = new ChatClient({ url, token, clientId: client.clientId });
 * const room = await chat.join('notes'); // the room of the document
 * room.on('message', ({ senderName, content }) => show(senderName, content));
 * await room.send('Hello');
 * ```
 */
export class ChatClient {
  readonly #events = new Emitter<ChatEvents>();
  readonly #link: HubLink;
  readonly #rooms: RoomRegistry;
  readonly #inbox: Inbox;
  readonly #heartbeat: Heartbeat<ChatHeartbeatResult>;
  readonly #unwatchNetwork: Unsubscribe;
  readonly #broadcasts = new Set<string>();
  #welcome: WelcomeMessage | undefined;
  #isClosed = false;

  constructor(options: ChatClientOptions) {
    const { transport, link } = openHub('chat', options.clientId ?? randomId(), options);
    this.#link = link;
    this.#rooms = new RoomRegistry(transport, {
      userId: () => this.#welcome?.userId,
      invoke: (method, argument) => link.invoke(method, argument),
      move: () => void link.move(),
    });
    const refused = (error: CollabError): void => this.#events.emit('error', error);
    this.#inbox = new Inbox(link, transport, {
      arrived: (notification) => this.#events.emit('notification', notification),
      changed: (notifications) => this.#events.emit('notifications', notifications),
      refused,
    });
    this.#heartbeat = new Heartbeat<ChatHeartbeatResult>(link, {
      member: 'roomIds',
      joinedIds: () => this.#rooms.joinedIds,
      answered: (asked, answer) => this.#rooms.compare(asked, answer),
      refused,
    });
    transport.on('Welcome', (message: WelcomeMessage) => (this.#welcome = message));
    transport.on('BroadcastReceived', (broadcast: Broadcast) => this.#broadcast(broadcast));
    link.events.on('error', refused);
    link.events.on('state', (state) => this.#connectionIs(state));
    this.#unwatchNetwork = watchNetwork({
      online: () => link.retryNow(),
      offline: () => void this.#heartbeat.doubt(),
    });
  }

  /** The state of the connection. */
  get connection(): ConnectionState {
    return this.#link.state;
  }

  /** Who the server takes the user for, and what it accepts; undefined before the first connection. */
  get welcome(): WelcomeMessage | undefined {
    return this.#welcome;
  }

  /** What the user was told and has not acknowledged, mentions among it, in the order of their ids. */
  get notifications(): readonly ChatNotification[] {
    return this.#inbox.list;
  }

  /** Listens to an event until the returned function is called. */
  on<Name extends keyof ChatEvents>(name: Name, listener: (event: ChatEvents[Name]) => void): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /** Connects without joining a room, for notifications and broadcasts. Waits for a connection, if need be for ever. */
  async connect(): Promise<void> {
    await this.#link.ready();
  }

  /**
   * Follows a room. Waits for a connection, if need be for ever. A room that is open already is given again.
   * @param roomId a document's id, or that of a room of its own.
   * @throws {CollabError} `room_not_found`, `permission_denied`, `invalid_request`, `rate_limited`, or `session_not_found` if the client is closed.
   */
  async join(roomId: string): Promise<ChatRoom> {
    if (this.#isClosed) throw new CollabError('session_not_found', 'the client is closed');
    const { room, sync, isNew } = this.#rooms.open(roomId);
    if (isNew && this.#link.state === 'connected') sync.connected();
    this.#link.start();
    await sync.opened;
    return room;
  }

  /** Makes a room that is no document's; the user is its owner. With the id of one of the user's rooms, gives that. @throws {CollabError} */
  createRoom(room: NewRoom = {}): Promise<RoomInfo> {
    return this.#call<RoomInfo>('CreateRoom', { roomId: `~${randomId()}`, ...room });
  }

  /** Finds the room of the user and one other, and makes it if there is none. @throws {CollabError} */
  openDirectRoom(userId: string): Promise<RoomInfo> {
    return this.#call<RoomInfo>('OpenDirectRoom', { userId });
  }

  /**
   * Lets somebody into a room of its own, changes what they may do there, or takes them out.
   * @throws {CollabError} `permission_denied` unless the user is an owner, or leaves.
   */
  async setRoomMember(
    roomId: string,
    userId: string,
    role: Extract<DocumentRole, 'none' | 'viewer' | 'commenter' | 'owner'>,
  ): Promise<void> {
    await this.#call('SetRoomMember', { roomId, userId, role });
  }

  /**
   * Lists the rooms of their own that the user is a member of, in the ordinal order of their ids.
   * @param afterRoomId the last one of the page before.
   * @param limit 1 to 200.
   * @throws {CollabError}
   */
  async getRooms(afterRoomId?: string, limit = 50): Promise<readonly RoomInfo[]> {
    const request = { limit, ...(afterRoomId !== undefined && { afterRoomId }) };
    return (await this.#call<{ readonly rooms: readonly RoomInfo[] }>('GetRooms', request)).rooms;
  }

  /** Takes notifications off the list, on all devices of the user; without a connection, on the next one. @throws {CollabError} */
  async acknowledge(ids: readonly number[]): Promise<void> {
    await this.#inbox.acknowledge(ids);
  }

  /** Leaves all rooms and disconnects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unwatchNetwork();
    this.#rooms.closeAll();
    await this.#link.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #call<Result>(method: string, argument: object): Promise<Result> {
    await this.#link.ready();
    return (await this.#link.invoke(method, argument)) as Result;
  }

  #connectionIs(state: ConnectionState): void {
    if (state === 'connected') {
      this.#heartbeat.start();
      this.#rooms.connected();
      void this.#inbox.resume();
    } else {
      this.#heartbeat.stop();
      this.#rooms.disconnected();
    }
    this.#events.emit('connection', state);
  }

  #broadcast(broadcast: Broadcast): void {
    if (this.#broadcasts.has(broadcast.broadcastId)) return;
    this.#broadcasts.add(broadcast.broadcastId);
    const [oldest] = this.#broadcasts;
    if (this.#broadcasts.size > MAX_BROADCASTS && oldest !== undefined) this.#broadcasts.delete(oldest);
    this.#events.emit('broadcast', broadcast);
  }
}
