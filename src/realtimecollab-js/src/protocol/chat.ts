import type { DocumentRole } from './documents.js';

/** A message of a chat room. */
export interface ChatMessage {
  readonly messageId: string;
  /** Its id as its author's client chose it. */
  readonly clientMessageId: string;
  readonly roomId: string;
  /** Its place in the room, from 1 without gaps: the only order of messages. */
  readonly sequence: number;
  /** The number of its last change: everything that changes a room takes the next one. */
  readonly change: number;
  readonly senderId: string;
  /** The author's name, as it was then. */
  readonly senderName: string;
  /** Text, to be shown as such and in a direction of its own; empty in a deleted message. */
  readonly content: string;
  /** `text`, or what the application calls it. */
  readonly messageType: string;
  /** The ids of the users whom it mentions. */
  readonly mentions: readonly string[];
  /** The id of the message that it answers. */
  readonly replyTo?: string | null;
  /** In the order in which each was first given. */
  readonly reactions: readonly Reaction[];
  /** When it was stored, ISO 8601 in UTC. */
  readonly timestamp: string;
  /** When its content was last replaced, ISO 8601 in UTC. */
  readonly editedAt?: string | null;
  /** When it was deleted, ISO 8601 in UTC. */
  readonly deletedAt?: string | null;
}

/** One reaction to a message. */
export interface Reaction {
  /** Usually an emoji. */
  readonly emoji: string;
  /** Who gave it, in that order. */
  readonly userIds: readonly string[];
}

/** A message has other reactions. */
export interface ReactionsChanged {
  readonly roomId: string;
  readonly messageId: string;
  readonly sequence: number;
  readonly change: number;
  readonly reactions: readonly Reaction[];
}

/** Somebody in a room. */
export interface ChatMember {
  readonly userId: string;
  /** The name when they were last in the room; the id, if they never were. */
  readonly userName: string;
  /** Up to where they have read. */
  readonly lastReadSequence: number;
  /** What they may do, in a room of its own; absent in a document's, where the document decides. */
  readonly role?: DocumentRole | null;
}

/** A room as a client finds it on joining. */
export interface RoomSnapshot extends MessagePage {
  readonly members: readonly ChatMember[];
  readonly lastReadSequence: number;
  /** Messages of others after that, at most 1000 of them counted. */
  readonly unreadCount: number;
  readonly role: DocumentRole;
}

/** Messages in ascending order: of their sequences, or of their changes if those were asked for. */
export interface MessagePage {
  readonly roomId: string;
  readonly messages: readonly ChatMessage[];
  /** The sequence of the room's last message; 0 if there is none. */
  readonly lastSequence: number;
  /** The number of the room's last change; 0 if there is none. */
  readonly lastChange: number;
}

/** A message is stored. */
export interface SendMessageResult {
  readonly messageId: string;
  readonly clientMessageId: string;
  readonly sequence: number;
  readonly timestamp: string;
}

/** A change of a message is stored. */
export interface MessageChangeResult {
  readonly messageId: string;
  readonly sequence: number;
  readonly change: number;
}

/** Somebody types, still types, or has stopped. */
export interface TypingChanged {
  readonly roomId: string;
  readonly userId: string;
  readonly userName: string;
  readonly isTyping: boolean;
}

/** Somebody has read on. */
export interface ReadChanged {
  readonly roomId: string;
  readonly userId: string;
  readonly sequence: number;
  /** What is left unread; told to the user's own devices alone. */
  readonly unreadCount?: number | null;
}

/** The user was mentioned. */
export interface Mention {
  readonly notificationId: number;
  readonly message: ChatMessage;
}

/** Something that a user is to hear of, kept by the server until it is acknowledged. */
export interface ChatNotification {
  /** Higher than that of every earlier one of the same user. */
  readonly id: number;
  /** `mention`, or what the application calls it. */
  readonly type: string;
  /** What it says, if it is the application's. */
  readonly text?: string | null;
  readonly roomId?: string | null;
  /** Of a mention: the message as it was when the client heard of it; absent if it was deleted or may not be read any more. */
  readonly message?: ChatMessage | null;
  /** When it was made, ISO 8601 in UTC. */
  readonly timestamp: string;
}

/** Something that everyone who is connected is to hear of. It is not kept. */
export interface Broadcast {
  readonly broadcastId: string;
  readonly text: string;
  /** `info`, or what the application calls it. */
  readonly type: string;
  /** When it was sent, ISO 8601 in UTC. */
  readonly timestamp: string;
}

/** A room of its own, as one of its members sees it. */
export interface RoomInfo {
  readonly roomId: string;
  readonly kind: 'free' | 'direct';
  readonly name?: string | null;
  readonly role: DocumentRole;
  /** At most 200. */
  readonly memberIds: readonly string[];
  readonly lastSequence: number;
  readonly lastReadSequence: number;
  /** At most 1000. */
  readonly unreadCount: number;
}

/** Answer to a heartbeat. */
export interface ChatHeartbeatResult {
  readonly serverTime: string;
  /** The last change of each room that the connection has joined. */
  readonly heads: Readonly<Record<string, number>>;
}
