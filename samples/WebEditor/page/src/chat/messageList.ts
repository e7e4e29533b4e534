import type { ChatRoom } from 'realtimecollab-js/chat';
import { element } from '../elements';
import { messageView, pendingView, type MessageActions } from './messageView';

/** How near to its end a list is taken to be there, in pixels. */
const NEAR = 40;

/** What was made for a message, and of what: made anew only when one of these is another. */
interface Entry {
  readonly parts: readonly unknown[];
  readonly item: HTMLLIElement;
}

/** Shows what was written, keeps the place that the user looks at, and walks through it by arrow keys. */
export class MessageList {
  readonly #room: ChatRoom;
  readonly #actions: MessageActions;
  readonly #list = element('chat-messages');
  readonly #scroll = element('chat-scroll');
  readonly #earlier = element<HTMLButtonElement>('chat-earlier');
  #entries = new Map<string, Entry>();

  /** @param seen the user looks at the end of the list. */
  constructor(room: ChatRoom, actions: MessageActions, seen: () => void) {
    [this.#room, this.#actions] = [room, actions];
    this.#earlier.addEventListener('click', () => void this.#loadEarlier());
    this.#list.addEventListener('keydown', (event) => this.#keyDown(event));
    this.#scroll.addEventListener('scroll', () => {
      if (this.isAtEnd) seen();
    });
  }

  get isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  render(): void {
    const { isAtEnd } = this;
    const entries = new Map<string, Entry>();
    for (const message of this.#room.messages) {
      const answered = message.replyTo ? this.#room.find(message.replyTo) : undefined;
      const names = message.mentions.map((userId) => this.#actions.nameOf(userId)).join();
      const parts = [message, answered, names, this.#actions.mayWrite()];
      entries.set(message.messageId, this.#entry(message.messageId, parts, () => messageView(message, answered, this.#actions)));
    }
    for (const message of this.#room.pending)
      entries.set(message.clientMessageId, this.#entry(message.clientMessageId, [message], () => pendingView(message, this.#actions)));
    this.#entries = entries;
    this.#put([...entries.values()].map(({ item }) => item));
    this.#earlier.hidden = !this.#room.hasEarlier;
    element('chat-empty').hidden = entries.size > 0;
    if (isAtEnd) this.toEnd();
  }

  toEnd(): void {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  /** Shows a message, and loads what it takes. */
  async goTo(messageId: string): Promise<void> {
    while (this.#room.find(messageId) === undefined && this.#room.hasEarlier) await this.#loadEarlier();
    const item = this.#entries.get(messageId)?.item;
    item?.scrollIntoView({ block: 'center' });
    item?.focus();
  }

  #entry(key: string, parts: readonly unknown[], make: () => HTMLLIElement): Entry {
    const known = this.#entries.get(key);
    return known !== undefined && parts.every((part, index) => part === known.parts[index]) ? known : { parts, item: make() };
  }

  /** Changes no more than what is another, so that focus stays, and only what is new is read out. */
  #put(items: readonly HTMLLIElement[]): void {
    const focused = document.activeElement?.closest<HTMLElement>('.message');
    const kept = new Set<Element>(items);
    for (const old of [...this.#list.children]) if (!kept.has(old)) old.remove();
    items.forEach((item, index) => {
      if (this.#list.children[index] !== item) this.#list.insertBefore(item, this.#list.children[index] ?? null);
      item.tabIndex = index === items.length - 1 ? 0 : -1;
    });
    const id = focused?.dataset['messageId'];
    if (focused && !focused.isConnected && id !== undefined) this.#entries.get(id)?.item.focus({ preventScroll: true });
  }

  async #loadEarlier(): Promise<void> {
    const { scrollHeight, scrollTop } = this.#scroll;
    this.#earlier.disabled = true;
    try {
      await this.#room.loadEarlier();
    } finally {
      this.#earlier.disabled = false;
    }
    this.#scroll.scrollTop = scrollTop + this.#scroll.scrollHeight - scrollHeight;
  }

  #keyDown(event: KeyboardEvent): void {
    const item = event.target as HTMLElement;
    if (!item.classList.contains('message')) return;
    const { firstElementChild, lastElementChild } = this.#list;
    const targets: Record<string, Element | null> = {
      ArrowUp: item.previousElementSibling,
      ArrowDown: item.nextElementSibling,
      Home: firstElementChild,
      End: lastElementChild,
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    (targets[event.key] as HTMLElement | null)?.focus();
  }
}
