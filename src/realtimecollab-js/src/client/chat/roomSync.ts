import type {
  ChatMember,
  ChatMessage,
  DocumentRole,
  MessagePage,
  ReactionsChanged,
  ReadChanged,
  RoomSnapshot,
  TypingChanged,
} from '../../protocol/index.js';
import { remedyFor, retryDelay } from '../connection/failure.js';
import { Emitter } from '../emitter.js';
import { CollabConnectionError, CollabError } from '../errors.js';
import { ChangeFlow, PAGE, type ChangeFlowHost } from './changeFlow.js';
import type { ChatChannel } from './channel.js';
import type { ChatRoomEvents, PendingMessage } from './events.js';
import { MessageLog } from './messageLog.js';
import { Outbox, type OutboxHost } from './outbox.js';
import { PendingMessages, type PendingMessagesHost } from './pendingMessages.js';
import { ReadMarks, type ReadMarksHost } from './readMarks.js';
import { RoomMembership, type RoomMembershipHost } from './roomMembership.js';
import { OthersTyping, OwnTyping } from './typing.js';

type Hosts = ChangeFlowHost & OutboxHost & PendingMessagesHost & ReadMarksHost & RoomMembershipHost;

/** Keeps a room in step with the server's, over one connection after another. */
export class RoomSync implements Hosts {
  readonly events = new Emitter<ChatRoomEvents>();
  readonly log = new MessageLog();
  readonly outbox = new Outbox(this);
  readonly pending = new PendingMessages(this.outbox, this);
  readonly marks = new ReadMarks(this.log, this);
  readonly ownTyping = new OwnTyping((isTyping) => this.#tellTyping(isTyping));
  readonly othersTyping = new OthersTyping((users) => this.events.emit('typing', users));
  readonly members = new Map<string, ChatMember>();
  /** Settles when the room was joined for the first time, or cannot be. */
  readonly opened: Promise<void>;
  readonly #channel: ChatChannel;
  readonly #membership = new RoomMembership(this);
  readonly #flow = new ChangeFlow(this);
  #opened!: { resolve(): void; reject(error: CollabError): void };
  /** The change that the last attempt to join named; later ones may come before its answer. */
  #joinedAfter: number | undefined;
  #role: DocumentRole = 'none';
  #isClosed = false;

  constructor(
    readonly roomId: string,
    channel: ChatChannel,
  ) {
    this.#channel = channel;
    this.opened = new Promise((resolve, reject) => (this.#opened = { resolve, reject }));
    this.opened.catch(() => undefined); // whoever opens the room waits for it
  }

  get isJoined(): boolean {
    return this.#membership.isJoined;
  }

  get role(): DocumentRole {
    return this.#role;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  // What the connection tells

  connected(): void {
    this.#membership.join();
  }

  disconnected(): void {
    const wasJoined = this.isJoined;
    this.#membership.lose();
    this.#flow.stop();
    this.outbox.pause();
    this.ownTyping.forget();
    this.othersTyping.clear();
    if (wasJoined) this.events.emit('joined', false);
  }

  /** What the server says of the room's head; undefined if this connection is not in the room any more. */
  headIs(change: number | undefined): void {
    if (change !== undefined) this.#flow.expect(change);
    else if (this.isJoined) this.rejoin();
  }

  receive(change: ChatMessage | ReactionsChanged): void {
    if ('senderId' in change) this.othersTyping.stop(change.senderId);
    this.#flow.add(change);
  }

  typing(message: TypingChanged): void {
    if (message.userId !== this.userId()) this.othersTyping.take(message);
  }

  read(message: ReadChanged): void {
    if (message.userId === this.userId()) this.marks.take(message);
    const member = this.members.get(message.userId);
    if (member === undefined || member.lastReadSequence >= message.sequence) return;
    this.#setMember({ ...member, lastReadSequence: message.sequence });
  }

  // What the application asks for

  /** Reads the messages before those that are shown. @throws {CollabError} */
  async loadEarlier(limit: number): Promise<void> {
    if (!this.log.hasEarlier) return;
    const { first } = this.log;
    const page = await this.#read({ beforeSequence: first, limit });
    if (this.log.first !== first) return; // somebody else asked at the same time
    this.log.prepend(page.messages);
    this.marks.refresh();
    this.changed();
  }

  async leave(): Promise<void> {
    const wasJoined = this.isJoined;
    this.close(null);
    if (!wasJoined) return;
    await this.#channel.invoke('LeaveRoom', { roomId: this.roomId }).catch((error: unknown) => {
      // with the connection the room is left as well
      if (!(error instanceof CollabConnectionError)) throw error;
    });
  }

  /** Ends it for good. @param reason null if the user wants it so. */
  close(reason: CollabError | null): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.disconnected();
    this.marks.stop();
    this.outbox.close(reason ?? new CollabError('session_not_found', 'the room was left'));
    this.events.emit('closed', { reason });
  }

  rejoin(): void {
    this.disconnected();
    this.connected();
  }

  // What the parts need

  invoke(method: string, argument: object): Promise<unknown> {
    return this.#channel.invoke(method, argument);
  }

  userId(): string | undefined {
    return this.#channel.userId();
  }

  move(): void {
    this.#channel.move();
  }

  changed(): void {
    this.events.emit('change', undefined);
  }

  join(): Promise<RoomSnapshot> {
    const afterChange = (this.#joinedAfter = this.#flow.change);
    const request = { roomId: this.roomId, ...(afterChange !== undefined && { afterChange }) };
    return this.invoke('JoinRoom', request) as Promise<RoomSnapshot>;
  }

  joined(snapshot: RoomSnapshot): void {
    const change = this.#joinedAfter;
    if (change !== undefined && snapshot.lastChange < change) {
      // the server was set back: what it has now is what counts
      this.#flow.reset();
      this.rejoin();
      return;
    }
    for (const member of snapshot.members) this.members.set(member.userId, member);
    if (change === undefined) this.#open(snapshot);
    else this.#flow.receive(snapshot);
    this.marks.adopt(snapshot);
    this.#setRole(snapshot.role);
    this.#opened.resolve();
    this.events.emit('joined', true);
    this.events.emit('members', [...this.members.values()]);
    this.outbox.pause();
    this.outbox.pump();
    this.marks.schedule();
    this.#flow.proceed();
  }

  refused(error: CollabError): void {
    this.#opened.reject(error);
    this.close(error);
  }

  cannotSend(remedy: 'reconnect' | 'rejoin'): void {
    if (remedy === 'reconnect') this.move();
    else this.rejoin();
  }

  fetchChanged(afterChange: number): Promise<MessagePage> {
    return this.#read({ afterChange, limit: PAGE });
  }

  take(messages: readonly ChatMessage[]): void {
    this.#tell(this.log.take(messages));
  }

  react(reactions: ReactionsChanged): void {
    this.log.react(reactions);
    this.changed();
  }

  cannotCatchUp(error: unknown): void {
    const remedy = remedyFor(error);
    if (remedy === 'reconnect') this.move();
    else if (remedy === 'retry' || remedy === 'retryFew') setTimeout(() => this.#flow.proceed(), retryDelay());
    else if (remedy !== 'wait') this.rejoin(); // which is refused in turn, if that is how it is
  }

  stored(sequence: number): void {
    if (sequence > this.log.last) this.#flow.expectNext();
  }

  failed(message: PendingMessage): void {
    this.events.emit('failed', message);
  }

  sendMark(sequence: number): Promise<unknown> {
    return this.invoke('MarkRead', { roomId: this.roomId, sequence });
  }

  unreadChanged(unread: number): void {
    this.events.emit('unread', unread);
  }

  #open({ messages, lastSequence, lastChange }: RoomSnapshot): void {
    this.log.restart(messages, lastSequence);
    for (const message of messages) this.#noteAuthor(message);
    this.changed();
    this.#flow.startAfter(lastChange);
  }

  #tell(fresh: readonly ChatMessage[]): void {
    for (const message of fresh) this.#noteAuthor(message);
    this.marks.refresh();
    this.changed();
    for (const message of fresh) this.events.emit('message', message);
  }

  #noteAuthor(message: ChatMessage): void {
    const { senderId, senderName } = message;
    if (senderId === this.userId()) this.pending.arrived(message);
    const known = this.members.get(senderId);
    // of those who were never here the server knows the id alone
    if (known === undefined || (known.userName === senderId && senderName !== senderId))
      this.#setMember({ lastReadSequence: 0, ...known, userId: senderId, userName: senderName });
  }

  #setMember(member: ChatMember): void {
    this.members.set(member.userId, member);
    this.events.emit('members', [...this.members.values()]);
  }

  #setRole(role: DocumentRole): void {
    if (role === this.#role) return;
    this.#role = role;
    this.events.emit('role', role);
  }

  #tellTyping(isTyping: boolean): void {
    if (!this.isJoined) return;
    // the next one does: a sign of typing is not worth more
    this.invoke('SetTyping', { roomId: this.roomId, isTyping }).catch((error: CollabError) => {
      if (remedyFor(error) === 'refused') this.events.emit('error', error);
    });
  }

  #read(range: object): Promise<MessagePage> {
    return this.invoke('GetMessages', { roomId: this.roomId, ...range }) as Promise<MessagePage>;
  }
}
