import { CollabError } from 'realtimecollab-js';
import type { ChatMessage, ChatRoom } from 'realtimecollab-js/chat';
import { Completion } from './completion';
import { mentionsIn, type Named } from './people';

/** What {@link Composer} needs of the panel. */
export interface ComposerHost {
  readonly room: ChatRoom;
  /** The longest message that the server takes, in UTF-16 code units. */
  readonly maxLength: number;
  people(): readonly Named[];
  /** The user's last message, to be edited with the arrow key. */
  lastOwn(): ChatMessage | undefined;
  /** Something was refused. */
  failed(error: Error): void;
}

/** What a text is to be, if it is not a new message. */
interface About {
  readonly kind: 'reply' | 'edit';
  readonly message: ChatMessage;
}

/** The field in which messages are written, answered and edited. */
export class Composer {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLTextAreaElement;
  readonly #host: ComposerHost;
  readonly #completion: Completion;
  readonly #chosen = new Set<string>();
  #about: About | null = null;

  constructor(form: HTMLFormElement, host: ComposerHost) {
    [this.#form, this.#host] = [form, host];
    this.#field = form.querySelector('textarea') as HTMLTextAreaElement;
    const list = form.querySelector('.completion') as HTMLElement;
    this.#completion = new Completion(this.#field, list, () => host.people(), ({ userId }) => this.#chosen.add(userId));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    (form.querySelector('.about button') as HTMLElement).addEventListener('click', () => this.#clear());
    this.#field.addEventListener('keydown', (event) => this.#keyDown(event));
    this.#field.addEventListener('input', () => host.room.setTyping(this.#about?.kind !== 'edit' && this.#field.value !== ''));
    this.#field.addEventListener('blur', () => host.room.setTyping(false));
  }

  focus(): void {
    this.#field.focus();
  }

  reply(message: ChatMessage): void {
    this.#setAbout({ kind: 'reply', message }, `Answer to ${message.senderName}`);
  }

  edit(message: ChatMessage): void {
    this.#setAbout({ kind: 'edit', message }, 'Change your message');
    this.#field.value = message.content;
    for (const userId of message.mentions) this.#chosen.add(userId);
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = event.key === 'ArrowUp' && this.#field.value === '' ? this.#host.lastOwn() : undefined;
    if (event.key === 'Enter' && !event.shiftKey) this.#submit();
    else if (event.key === 'Escape' && this.#about !== null) this.#clear();
    else if (last !== undefined) this.edit(last);
    else return;
    event.preventDefault();
  }

  #submit(): void {
    const content = this.#field.value.trim();
    if (content === '') return;
    const { room, maxLength } = this.#host;
    if (content.length > maxLength) {
      const lengths = `${maxLength.toLocaleString()} characters; this one has ${content.length.toLocaleString()}`;
      this.#host.failed(new CollabError('payload_too_large', `A message has at most ${lengths}.`));
      return;
    }
    const mentions = mentionsIn(content, this.#host.people(), this.#chosen);
    const about = this.#about;
    this.#clear();
    if (about?.kind === 'edit') {
      room.edit(about.message.messageId, content, mentions).catch((error: Error) => this.#host.failed(error));
      return;
    }
    // a refused message stays in the list, with the reason
    void room.send(content, { mentions, ...(about !== null && { replyTo: about.message.messageId }) });
  }

  #setAbout(about: About | null, text: string): void {
    this.#about = about;
    const line = this.#form.querySelector('.about') as HTMLElement;
    line.hidden = about === null;
    (line.firstElementChild as HTMLElement).textContent = text;
    (this.#form.querySelector('[type=submit]') as HTMLElement).textContent = about?.kind === 'edit' ? 'Save' : 'Send';
    this.focus();
  }

  #clear(): void {
    this.#field.value = '';
    this.#chosen.clear();
    this.#completion.close();
    this.#host.room.setTyping(false);
    this.#setAbout(null, '');
  }
}
