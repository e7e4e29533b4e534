import type { ChatMember, ChatMessage, DocumentRole } from '../../protocol/index.js';
import type { CollabError } from '../errors.js';

/** A message of the user that the room does not show yet. */
export interface PendingMessage {
  readonly clientMessageId: string;
  readonly content: string;
  readonly mentions: readonly string[];
  /** The id of the message that it answers. */
  readonly replyTo?: string;
  readonly messageType?: string;
  /** `sending` until it is acknowledged, however long there is no connection; `failed` when the server refused it. */
  readonly state: 'sending' | 'failed';
  /** Why it failed. */
  readonly error?: CollabError;
}

/** Somebody who is typing. */
export interface TypingUser {
  readonly userId: string;
  readonly userName: string;
}

/** What a room tells. */
export interface ChatRoomEvents {
  /** A message came that was not there when the room was opened: each one once, in the order of their sequences. */
  message: ChatMessage;
  /** What the room shows is another: messages, edits, deletions, reactions, or what is pending. */
  change: void;
  /** Who of the others is typing. */
  typing: readonly TypingUser[];
  /** How many messages of others are unread, over all devices of the user. */
  unread: number;
  /** Somebody came for the first time, or has read on. */
  members: readonly ChatMember[];
  /** Whether the room is followed over a living connection. What is sent meanwhile waits. */
  joined: boolean;
  /** The user may do something else there. */
  role: DocumentRole;
  /** The server refused a message for good; it is in `pending` as failed. */
  failed: PendingMessage;
  /** The room is closed for good: by `leave`, or as the user may not read it any more. */
  closed: { readonly reason: CollabError | null };
  /** Something failed that endangers no message. */
  error: CollabError;
}
