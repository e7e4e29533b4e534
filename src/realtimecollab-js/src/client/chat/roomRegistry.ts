import type {
  ChatHeartbeatResult,
  ChatMessage,
  ReactionsChanged,
  ReadChanged,
  TypingChanged,
} from '../../protocol/index.js';
import type { HubTransport } from '../connection/transport.js';
import type { ChatChannel } from './channel.js';
import { ChatRoom } from './chatRoom.js';
import { RoomSync } from './roomSync.js';

interface OpenRoom {
  readonly room: ChatRoom;
  readonly sync: RoomSync;
}

/** The open rooms of a client: gives each what the server says about it. */
export class RoomRegistry {
  readonly #channel: ChatChannel;
  readonly #open = new Map<string, OpenRoom>();

  constructor(transport: HubTransport, channel: ChatChannel) {
    this.#channel = channel;
    const sync = (message: { readonly roomId: string }) => this.#open.get(message.roomId)?.sync;
    const change = (message: ChatMessage | ReactionsChanged) => sync(message)?.receive(message);
    for (const callback of ['MessageReceived', 'MessageEdited', 'MessageDeleted', 'ReactionsChanged'])
      transport.on(callback, change);
    transport.on('TypingChanged', (message: TypingChanged) => sync(message)?.typing(message));
    transport.on('ReadChanged', (message: ReadChanged) => sync(message)?.read(message));
  }

  /** The room, opened unless it is open already. */
  open(roomId: string): OpenRoom & { readonly isNew: boolean } {
    const present = this.#open.get(roomId);
    if (present !== undefined) return { ...present, isNew: false };
    const sync = new RoomSync(roomId, this.#channel);
    const opened = { sync, room: new ChatRoom(sync) };
    this.#open.set(roomId, opened);
    sync.events.on('closed', () => this.#open.delete(roomId));
    return { ...opened, isNew: true };
  }

  get joinedIds(): readonly string[] {
    return [...this.#open].filter(([, { sync }]) => sync.isJoined).map(([id]) => id);
  }

  connected(): void {
    for (const { sync } of this.#open.values()) sync.connected();
  }

  disconnected(): void {
    for (const { sync } of this.#open.values()) sync.disconnected();
  }

  /** How far the rooms are that were asked for. */
  compare(asked: readonly string[], { heads }: ChatHeartbeatResult): void {
    // an id may be any word, such as the name of something that every object inherits
    const known = new Map(Object.entries(heads));
    for (const roomId of asked) this.#open.get(roomId)?.sync.headIs(known.get(roomId));
  }

  /** With the connection the server forgets them all. */
  closeAll(): void {
    for (const { sync } of [...this.#open.values()]) sync.close(null);
  }
}
