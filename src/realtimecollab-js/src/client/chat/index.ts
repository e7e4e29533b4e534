export type {
  Broadcast,
  ChatMember,
  ChatMessage,
  ChatNotification,
  MessageChangeResult,
  Reaction,
  RoomInfo,
  SendMessageResult,
} from '../../protocol/chat.js';
export { ChatClient, type ChatClientOptions, type ChatEvents, type NewRoom } from './chatClient.js';
export type { ChatRoom } from './chatRoom.js';
export type { ChatRoomEvents, PendingMessage, TypingUser } from './events.js';
export type { SendOptions } from './pendingMessages.js';
