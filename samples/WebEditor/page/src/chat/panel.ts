import { CollabError, type CollabDocument } from 'realtimecollab-js';
import type { ChatClient, ChatMessage, ChatRoom } from 'realtimecollab-js/chat';
import { element } from '../elements';
import { showNotice } from '../notices';
import { closePanelWith, togglePanel } from '../panels';
import { Composer } from './composer';
import { MessageList } from './messageList';
import type { MessageActions } from './messageView';
import { showNews } from './news';
import { peopleToMention, type Named } from './people';

/** Joins the room of the document, and shows it in the panel that the button opens. */
export function offerChat(chat: ChatClient, opened: CollabDocument, ownId: string): void {
  const panel = element('chat');
  closePanelWith(panel, element('chat-close'));
  chat.on('error', (error) => console.info(error.message));
  chat.on('broadcast', ({ text }) => showNotice({ text, actions: [{ label: 'Dismiss', run: () => undefined }] }));
  chat.join(opened.id).then(
    (room) => new ChatPanel(chat, room, opened, ownId),
    (error: Error) => tell(error),
  );
  element('chat-toggle').addEventListener('click', () => {
    if (togglePanel(panel)) panel.dispatchEvent(new Event('shown'));
  });
}

function tell(error: Error): void {
  if (!(error instanceof CollabError)) throw error;
  element('chat-trouble').textContent = error.message;
}

class ChatPanel implements MessageActions {
  readonly room: ChatRoom;
  readonly ownId: string;
  readonly #chat: ChatClient;
  readonly #opened: CollabDocument;
  readonly #panel = element('chat');
  readonly #form = element<HTMLFormElement>('chat-composer');
  readonly #composer: Composer;
  readonly #list: MessageList;

  constructor(chat: ChatClient, room: ChatRoom, opened: CollabDocument, ownId: string) {
    [this.room, this.ownId, this.#chat, this.#opened] = [room, ownId, chat, opened];
    this.#composer = new Composer(this.#form, this);
    this.#list = new MessageList(room, this, () => this.#see());
    showNews(chat, room.id, (messageId) => this.goTo(messageId));
    room.on('change', () => this.#render());
    room.on('members', () => this.#render());
    room.on('role', () => this.#render());
    room.on('unread', () => this.#showUnread());
    chat.on('notifications', () => this.#showUnread());
    room.on('typing', () => this.#showTyping());
    room.on('error', tell);
    this.#form.addEventListener('input', () => (element('chat-trouble').textContent = ''));
    room.on('closed', ({ reason }) => this.#close(reason));
    document.addEventListener('visibilitychange', () => this.#see());
    this.#panel.addEventListener('shown', () => this.#open());
    this.#panel.dataset['ready'] = 'true';
    this.#render();
    this.#showUnread();
    if (!this.#panel.hidden) this.#open();
  }

  // For the composer

  get maxLength(): number {
    return this.#chat.welcome?.limits.maxMessageLength ?? Infinity;
  }

  people(): readonly Named[] {
    return peopleToMention(this.#opened, this.room, this.ownId);
  }

  lastOwn(): ChatMessage | undefined {
    return this.room.messages.findLast(({ senderId, deletedAt }) => senderId === this.ownId && !deletedAt);
  }

  failed(error: Error): void {
    tell(error);
  }

  // For the messages

  mayWrite(): boolean {
    return !this.room.isClosed && this.room.role !== 'viewer';
  }

  mayChange({ senderId }: ChatMessage): boolean {
    return senderId === this.ownId || this.room.role === 'owner';
  }

  nameOf(userId: string): string {
    const people = [...this.#opened.people, ...this.room.members];
    return people.find((person) => person.userId === userId)?.userName ?? userId;
  }

  reply(message: ChatMessage): void {
    this.#composer.reply(message);
  }

  edit(message: ChatMessage): void {
    this.#composer.edit(message);
  }

  remove({ messageId }: ChatMessage): void {
    this.room.delete(messageId).catch(tell);
  }

  react({ messageId }: ChatMessage, emoji: string, isSet: boolean): void {
    this.room.react(messageId, emoji, isSet).catch(tell);
  }

  goTo(messageId: string): void {
    this.#list.goTo(messageId).catch(tell);
  }

  retry({ clientMessageId }: { readonly clientMessageId: string }): void {
    void this.room.retry(clientMessageId);
  }

  discard({ clientMessageId }: { readonly clientMessageId: string }): void {
    this.room.discard(clientMessageId);
  }

  #open(): void {
    this.#list.toEnd();
    this.#composer.focus();
    this.#see();
  }

  #render(): void {
    this.#form.hidden = !this.mayWrite();
    this.#list.render();
    this.#see();
  }

  /** What is at the end of an open list is read. */
  #see(): void {
    if (!this.#panel.hidden && document.visibilityState === 'visible' && this.#list.isAtEnd) this.room.markRead();
  }

  #showUnread(): void {
    const { unread } = this.room;
    const isMentioned = this.#chat.notifications.length > 0;
    const badge = element('chat-badge');
    badge.hidden = unread === 0 && !isMentioned;
    badge.textContent = unread > 99 ? '99+' : unread > 0 ? String(unread) : '@';
    badge.classList.toggle('mentioned', isMentioned);
    const what = [unread > 0 ? `, ${unread} unread` : '', isMentioned ? ', you were mentioned' : ''].join('');
    element('chat-toggle').setAttribute('aria-label', `Chat${what}`);
  }

  #showTyping(): void {
    const names = this.room.typing.map(({ userName }) => userName);
    const verb = names.length === 1 ? 'is' : 'are';
    const who = names.length > 3 ? `${names.length} people` : names.join(', ');
    element('chat-typing').textContent = names.length === 0 ? '' : `${who} ${verb} typing…`;
  }

  #close(reason: CollabError | null): void {
    this.#render();
    if (reason !== null) tell(reason);
  }
}
