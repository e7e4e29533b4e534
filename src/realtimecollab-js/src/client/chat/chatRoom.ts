import type {
  ChatMember,
  ChatMessage,
  DocumentRole,
  MessageChangeResult,
  SendMessageResult,
} from '../../protocol/index.js';
import type { Unsubscribe } from '../emitter.js';
import { CollabError } from '../errors.js';
import type { ChatRoomEvents, PendingMessage, TypingUser } from './events.js';
import type { SendOptions } from './pendingMessages.js';
import type { RoomSync } from './roomSync.js';

/**
 * A chat room, as {@link ChatClient.join} gives it. What the user does is sent in order, each thing once, whatever becomes of
 * the connection; what others do comes without gaps.
 */
export class ChatRoom {
  readonly #sync: RoomSync;

  /** @internal */
  constructor(sync: RoomSync) {
    this.#sync = sync;
  }

  /** A document's id, or one that begins with `~` for a room of its own. */
  get id(): string {
    return this.#sync.roomId;
  }

  /** In the order of their sequences, without gaps; another array after each change. */
  get messages(): readonly ChatMessage[] {
    return this.#sync.log.shown;
  }

  /** The user's messages that are not among {@link messages} yet, in the order in which they were written. */
  get pending(): readonly PendingMessage[] {
    return this.#sync.pending.list;
  }

  /** Whether {@link loadEarlier} would find anything. */
  get hasEarlier(): boolean {
    return this.#sync.log.hasEarlier;
  }

  /** Those who were ever in the room, and in a room of its own all its members; at most 200, and those who wrote since. */
  get members(): readonly ChatMember[] {
    return [...this.#sync.members.values()];
  }

  /** Who of the others is typing. */
  get typing(): readonly TypingUser[] {
    return this.#sync.othersTyping.users;
  }

  /** How many messages of others the user has not read on any device. The server counts at most 1000. */
  get unread(): number {
    return this.#sync.marks.unread;
  }

  /** The sequence up to which the user has read, on whichever device. */
  get lastRead(): number {
    return this.#sync.marks.lastRead;
  }

  /** What the user may do: a viewer reads, a commenter writes, an owner also edits and deletes messages of others. */
  get role(): DocumentRole {
    return this.#sync.role;
  }

  /** Whether the room is followed over a living connection. */
  get isJoined(): boolean {
    return this.#sync.isJoined;
  }

  /** Left, or not to be read any more. */
  get isClosed(): boolean {
    return this.#sync.isClosed;
  }

  /** Listens to an event until the returned function is called. */
  on<Name extends keyof ChatRoomEvents>(name: Name, listener: (event: ChatRoomEvents[Name]) => void): Unsubscribe {
    return this.#sync.events.on(name, listener);
  }

  /** The message with this id, if it is among {@link messages}. */
  find(messageId: string): ChatMessage | undefined {
    return this.#sync.log.find(messageId);
  }

  /**
   * Sends a message; it is in {@link pending} at once. Sent again until it is acknowledged, and stored once.
   * @param content 1 to `maxMessageLength` UTF-16 code units, no control characters but tab and line ends.
   * @returns when it is stored. A refusal is told as `failed` too, so that one need not wait.
   * @throws {CollabError} `permission_denied`, `invalid_request`, `payload_too_large`, `message_not_found` for an unknown `replyTo`, `session_not_found` if the room is closed.
   */
  send(content: string, options: SendOptions = {}): Promise<SendMessageResult> {
    if (this.isClosed) return Promise.reject(closed());
    this.#sync.ownTyping.forget();
    return this.#sync.pending.send(content, options);
  }

  /** Sends a message that has failed once more. @throws {CollabError} `message_not_found`, and as {@link send}. */
  retry(clientMessageId: string): Promise<SendMessageResult> {
    return this.isClosed ? Promise.reject(closed()) : this.#sync.pending.retry(clientMessageId);
  }

  /** Gives up a message that has failed. @returns whether there was one. */
  discard(clientMessageId: string): boolean {
    return this.#sync.pending.discard(clientMessageId);
  }

  /**
   * Replaces the content of a message of one's own, or of any as an owner of the room.
   * @param mentions the new ones; whoever was not mentioned before is notified.
   * @throws {CollabError} `permission_denied`, `message_not_found`, and as {@link send}.
   */
  edit(messageId: string, content: string, mentions: readonly string[] = []): Promise<MessageChangeResult> {
    return this.#change('EditMessage', { messageId, content, mentions });
  }

  /** Deletes a message of one's own, or any as an owner of the room; what stays is its place. @throws {CollabError} */
  delete(messageId: string): Promise<MessageChangeResult> {
    return this.#change('DeleteMessage', { messageId });
  }

  /**
   * Gives a reaction, or takes it back.
   * @param emoji 1 to 32 UTF-16 code units without spaces and control characters.
   * @throws {CollabError}
   */
  react(messageId: string, emoji: string, isSet = true): Promise<MessageChangeResult> {
    return this.#change('SetReaction', { messageId, emoji, isSet });
  }

  /** To be called with each key: it is told to others at most every 3 seconds, and forgotten after 5 s without. */
  setTyping(isTyping: boolean): void {
    this.#sync.ownTyping.set(isTyping);
  }

  /** The user has seen messages up to this one, by default all. A mark never goes back. */
  markRead(sequence = this.#sync.log.last): void {
    if (!this.isClosed) this.#sync.marks.mark(sequence);
  }

  /** Reads messages before the first one of {@link messages}. @param limit 1 to 200. @throws {CollabError} */
  async loadEarlier(limit = 50): Promise<void> {
    await this.#sync.loadEarlier(limit);
  }

  /** Leaves the room. What is not acknowledged by then fails with `session_not_found`, and may have been stored or not. */
  async leave(): Promise<void> {
    await this.#sync.leave();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }

  #change(method: string, change: object): Promise<MessageChangeResult> {
    if (this.isClosed) return Promise.reject(closed());
    return this.#sync.outbox.add(method, { roomId: this.id, ...change }) as Promise<MessageChangeResult>;
  }
}

function closed(): CollabError {
  return new CollabError('session_not_found', 'the room is closed');
}
