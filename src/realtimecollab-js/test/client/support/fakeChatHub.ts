import type {
  ChatMessage,
  ChatNotification,
  ErrorCode,
  MessagePage,
  ReactionsChanged,
} from '../../../src/protocol/index.js';
import type { FakeConnection } from './fakeTransport.js';
import { refusal } from './fakeHub.js';

interface Range {
  readonly roomId: string;
  readonly beforeSequence?: number;
  readonly afterChange?: number;
  readonly limit?: number;
}

interface Sent {
  readonly roomId: string;
  readonly clientMessageId: string;
  readonly content: string;
  readonly mentions: readonly string[];
  readonly replyTo?: string;
}

/** One room of the fake server. */
export class FakeChatRoom {
  readonly messages: ChatMessage[] = [];
  readonly joined = new Set<FakeConnection>();
  readonly lastRead = new Map<string, number>();
  /** The last change. */
  change = 0;

  constructor(readonly id: string) {}

  post(senderId: string, { clientMessageId, content, mentions, replyTo }: Omit<Sent, 'roomId'>): ChatMessage {
    const sequence = this.messages.length + 1;
    const message: ChatMessage = {
      messageId: `m${sequence}`,
      clientMessageId,
      roomId: this.id,
      sequence,
      change: ++this.change,
      senderId,
      senderName: senderId,
      content,
      messageType: 'text',
      mentions,
      ...(replyTo !== undefined && { replyTo }),
      reactions: [],
      timestamp: '2026-01-01T00:00:00Z',
    };
    this.messages.push(message);
    return message;
  }

  /** Changes a message that is there. */
  replace(messageId: string, change: Partial<ChatMessage>): ChatMessage {
    const index = this.messages.findIndex((message) => message.messageId === messageId);
    const before = this.messages[index];
    if (before === undefined) throw refusal('message_not_found');
    return (this.messages[index] = { ...before, ...change, change: ++this.change });
  }

  unread(userId: string): number {
    const mark = this.lastRead.get(userId) ?? 0;
    return this.messages.filter(
      ({ sequence, senderId, deletedAt }) => sequence > mark && senderId !== userId && !deletedAt,
    ).length;
  }
}

/** The server's chat hub in memory, over connections that need not keep any contract. Pages are small, so that there are many. */
export class FakeChatHub {
  readonly rooms = new Map<string, FakeChatRoom>();
  readonly notifications = new Map<string, ChatNotification[]>();
  readonly calls: { readonly method: string; readonly argument: unknown }[] = [];
  /** Refuses calls for which it gives a code. */
  refuse: (method: string, argument: never, userId: string) => ErrorCode | undefined = () => undefined;
  pageSize = 5;
  readonly #connections = new Set<FakeConnection>();

  room(id: string): FakeChatRoom {
    const room = this.rooms.get(id) ?? new FakeChatRoom(id);
    this.rooms.set(id, room);
    return room;
  }

  callsOf(method: string): readonly unknown[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.argument);
  }

  call(connection: FakeConnection, method: string, argument: never): unknown {
    this.#connections.add(connection);
    this.calls.push({ method, argument });
    const code = this.refuse(method, argument, connection.userId);
    if (code !== undefined) throw refusal(code);
    const methods = this as unknown as Record<string, (connection: FakeConnection, argument: never) => unknown>;
    return methods[method]?.(connection, argument);
  }

  leave(connection: FakeConnection): void {
    this.#connections.delete(connection);
    for (const room of this.rooms.values()) room.joined.delete(connection);
  }

  /** Sends a callback to everyone who is connected. */
  tellAll(callback: string, message: unknown): void {
    for (const connection of this.#connections) connection.callBack(callback, message);
  }

  /** Sends a message as somebody else would. */
  postAs(userId: string, roomId: string, content: string, mentions: readonly string[] = []): ChatMessage {
    const room = this.room(roomId);
    const message = room.post(userId, { clientMessageId: `${userId}-${room.change}`, content, mentions });
    this.tell(room, 'MessageReceived', message);
    this.#mention(message);
    return message;
  }

  tell(room: FakeChatRoom, callback: string, message: unknown): void {
    for (const connection of room.joined) connection.callBack(callback, message);
  }

  // The methods of the contract

  JoinRoom(connection: FakeConnection, { roomId, afterChange }: Range): unknown {
    const room = this.room(roomId);
    room.joined.add(connection);
    const { userId } = connection;
    return {
      ...this.#page({ roomId, ...(afterChange !== undefined && { afterChange }) }),
      members: [{ userId, userName: userId, lastReadSequence: room.lastRead.get(userId) ?? 0 }],
      lastReadSequence: room.lastRead.get(userId) ?? 0,
      unreadCount: room.unread(userId),
      role: 'commenter',
    };
  }

  LeaveRoom(connection: FakeConnection, { roomId }: Range): void {
    this.room(roomId).joined.delete(connection);
  }

  SendMessage({ userId }: FakeConnection, sent: Sent): unknown {
    const room = this.room(sent.roomId);
    const known = room.messages.find(
      ({ senderId, clientMessageId }) => senderId === userId && clientMessageId === sent.clientMessageId,
    );
    const message = known ?? room.post(userId, sent);
    if (known === undefined) {
      this.tell(room, 'MessageReceived', message);
      this.#mention(message);
    }
    const { messageId, clientMessageId, sequence, timestamp } = message;
    return { messageId, clientMessageId, sequence, timestamp };
  }

  EditMessage(_: FakeConnection, { roomId, messageId, content, mentions }: Sent & { messageId: string }): unknown {
    const message = this.room(roomId).replace(messageId, { content, mentions, editedAt: 'now' });
    return this.#changed('MessageEdited', message);
  }

  DeleteMessage(_: FakeConnection, { roomId, messageId }: Range & { messageId: string }): unknown {
    const message = this.room(roomId).replace(messageId, {
      content: '',
      mentions: [],
      reactions: [],
      deletedAt: 'now',
    });
    return this.#changed('MessageDeleted', message);
  }

  SetReaction(
    { userId }: FakeConnection,
    { roomId, messageId, emoji, isSet }: Range & { messageId: string; emoji: string; isSet: boolean },
  ): unknown {
    const room = this.room(roomId);
    const before = room.messages.find((message) => message.messageId === messageId)?.reactions ?? [];
    const others = before.flatMap((reaction) => reaction.userIds.filter((id) => id !== userId));
    const userIds = isSet ? [...others, userId] : others;
    const message = room.replace(messageId, { reactions: userIds.length === 0 ? [] : [{ emoji, userIds }] });
    const { sequence, change, reactions } = message;
    const changed: ReactionsChanged = { roomId, messageId, sequence, change, reactions };
    this.tell(room, 'ReactionsChanged', changed);
    return { messageId, sequence, change };
  }

  SetTyping(connection: FakeConnection, { roomId, isTyping }: Range & { isTyping: boolean }): void {
    const { userId } = connection;
    for (const other of this.room(roomId).joined)
      if (other !== connection) other.callBack('TypingChanged', { roomId, userId, userName: userId, isTyping });
  }

  MarkRead({ userId }: FakeConnection, { roomId, sequence }: Range & { sequence: number }): void {
    const room = this.room(roomId);
    if (sequence > room.messages.length) throw refusal('invalid_request');
    if (sequence <= (room.lastRead.get(userId) ?? 0)) return;
    room.lastRead.set(userId, sequence);
    this.tell(room, 'ReadChanged', { roomId, userId, sequence });
    const own = [...this.#connections].filter((connection) => connection.userId === userId);
    for (const connection of own)
      connection.callBack('ReadChanged', { roomId, userId, sequence, unreadCount: room.unread(userId) });
  }

  GetMessages(_: FakeConnection, range: Range): unknown {
    return this.#page(range);
  }

  GetNotifications({ userId }: FakeConnection, { afterId }: { afterId: number }): unknown {
    const open = this.notifications.get(userId) ?? [];
    return { notifications: open.filter(({ id }) => id > afterId).slice(0, this.pageSize) };
  }

  AcknowledgeNotifications({ userId }: FakeConnection, { ids }: { ids: readonly number[] }): void {
    const open = this.notifications.get(userId) ?? [];
    this.notifications.set(
      userId,
      open.filter(({ id }) => !ids.includes(id)),
    );
  }

  Heartbeat(connection: FakeConnection, { roomIds }: { roomIds: readonly string[] }): unknown {
    const joined = roomIds.filter((id) => this.room(id).joined.has(connection));
    return { serverTime: '', heads: Object.fromEntries(joined.map((id) => [id, this.room(id).change])) };
  }

  #page({ roomId, beforeSequence = Infinity, afterChange }: Range): MessagePage {
    const { messages, change } = this.room(roomId);
    const changed = messages
      .filter((message) => message.change > (afterChange ?? 0))
      .sort((a, b) => a.change - b.change)
      .slice(0, this.pageSize);
    const latest = messages.filter(({ sequence }) => sequence < beforeSequence).slice(-this.pageSize);
    const page = afterChange === undefined ? latest : changed;
    return { roomId, messages: page, lastSequence: messages.length, lastChange: change };
  }

  #changed(callback: string, message: ChatMessage): unknown {
    this.tell(this.room(message.roomId), callback, message);
    return { messageId: message.messageId, sequence: message.sequence, change: message.change };
  }

  #mention(message: ChatMessage): void {
    const { mentions, roomId, timestamp } = message;
    for (const userId of mentions) {
      const open = this.notifications.get(userId) ?? [];
      const id = (open.at(-1)?.id ?? 0) + 1;
      this.notifications.set(userId, [...open, { id, type: 'mention', roomId, message, timestamp }]);
      for (const connection of this.#connections)
        if (connection.userId === userId) connection.callBack('Mentioned', { notificationId: id, message });
    }
  }
}
