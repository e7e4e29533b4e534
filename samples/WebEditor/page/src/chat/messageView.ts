import type { ChatMessage, PendingMessage } from 'realtimecollab-js/chat';
import { make } from '../elements';
import { placesOf, type Named } from './people';

const EMOJIS = ['👍', '❤️', '😄', '🎉', '👀', '✅'];

/** What can be done with a message. */
export interface MessageActions {
  readonly ownId: string;
  mayWrite(): boolean;
  mayChange(message: ChatMessage): boolean;
  nameOf(userId: string): string;
  reply(message: ChatMessage): void;
  edit(message: ChatMessage): void;
  remove(message: ChatMessage): void;
  react(message: ChatMessage, emoji: string, isSet: boolean): void;
  goTo(messageId: string): void;
  retry(message: PendingMessage): void;
  discard(message: PendingMessage): void;
}

/** An entry of the list. @param answered the message that it answers, if that is known. */
export function messageView(message: ChatMessage, answered: ChatMessage | undefined, actions: MessageActions): HTMLLIElement {
  const item = make('li', 'message');
  item.tabIndex = -1;
  item.dataset['messageId'] = message.messageId;
  item.classList.toggle('own', message.senderId === actions.ownId);
  item.classList.toggle('mentioned', message.mentions.includes(actions.ownId));
  item.append(heading(message));
  if (message.replyTo) item.append(quote(message.replyTo, answered, actions));
  if (message.deletedAt) {
    item.append(make('p', 'content gone', 'This message was deleted.'));
    return item;
  }
  item.append(content(message.content, message.mentions.map((userId) => ({ userId, userName: actions.nameOf(userId) })), actions.ownId));
  if (message.reactions.length > 0) item.append(reactions(message, actions));
  if (actions.mayWrite()) item.append(tools(message, actions));
  return item;
}

/** An entry for a message that is on its way, or was refused. */
export function pendingView(message: PendingMessage, actions: MessageActions): HTMLLIElement {
  const item = make('li', `message own ${message.state}`);
  item.tabIndex = -1;
  const state = make('p', 'state', message.state === 'sending' ? 'Sending…' : `Not sent: ${message.error?.message ?? ''}`);
  item.append(content(message.content, [], actions.ownId), state);
  if (message.state === 'failed') {
    const row = make('div', 'tools');
    row.append(action('Send again', () => actions.retry(message)), action('Discard', () => actions.discard(message)));
    item.append(row);
  }
  return item;
}

function heading({ senderName, timestamp, editedAt, deletedAt }: ChatMessage): HTMLElement {
  const line = make('p', 'by');
  const time = make('time', '', new Date(timestamp).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  time.dateTime = timestamp;
  time.title = new Date(timestamp).toLocaleString();
  line.append(make('bdi', 'name', senderName), ' ', time);
  if (editedAt && !deletedAt) line.append(make('span', 'edited', ' · edited'));
  return line;
}

function quote(replyTo: string, answered: ChatMessage | undefined, actions: MessageActions): HTMLElement {
  const text = answered === undefined ? 'an earlier message' : answered.deletedAt ? 'a deleted message' : `${answered.senderName}: ${answered.content}`;
  const button = action(text, () => actions.goTo(replyTo), 'quote');
  button.setAttribute('aria-label', `Answer to ${text}`);
  button.dir = 'auto';
  return button;
}

/** Text as it is, in a direction of its own, with the people who are mentioned set off. */
function content(text: string, mentioned: readonly Named[], ownId: string): HTMLElement {
  const shown = make('p', 'content');
  shown.dir = 'auto';
  const places = mentioned
    .flatMap((person) => placesOf(text, person.userName).map((at) => ({ ...person, at })))
    .sort((a, b) => a.at - b.at || b.userName.length - a.userName.length);
  let end = 0;
  for (const { at, userId, userName } of places) {
    if (at < end) continue;
    shown.append(text.slice(end, at), make('mark', userId === ownId ? 'me' : '', `@${userName}`));
    end = at + userName.length + 1;
  }
  shown.append(text.slice(end));
  return shown;
}

function reactions(message: ChatMessage, actions: MessageActions): HTMLElement {
  const row = make('div', 'reactions');
  for (const { emoji, userIds } of message.reactions) {
    const isMine = userIds.includes(actions.ownId);
    const names = userIds.map((userId) => actions.nameOf(userId)).join(', ');
    const button = action(`${emoji} ${userIds.length}`, () => actions.react(message, emoji, !isMine), 'reaction');
    button.setAttribute('aria-pressed', String(isMine));
    button.setAttribute('aria-label', `${emoji}, ${names}`);
    button.title = names;
    button.disabled = !actions.mayWrite();
    row.append(button);
  }
  return row;
}

function tools(message: ChatMessage, actions: MessageActions): HTMLElement {
  const row = make('div', 'tools');
  row.setAttribute('role', 'group');
  row.setAttribute('aria-label', `Message of ${message.senderName}`);
  const more = make('details', 'emojis');
  const choices = make('div', 'choices');
  for (const emoji of EMOJIS) {
    const choose = (): void => {
      more.open = false;
      actions.react(message, emoji, true);
    };
    choices.append(action(emoji, choose));
  }
  more.append(make('summary', '', 'React'), choices);
  row.append(more, action('Reply', () => actions.reply(message)));
  if (message.senderId === actions.ownId) row.append(action('Edit', () => actions.edit(message)));
  if (actions.mayChange(message)) row.append(removal(message, actions));
  return row;
}

/** Asks before it deletes. */
function removal(message: ChatMessage, actions: MessageActions): HTMLElement {
  const button = action('Delete', () => {
    if (button.dataset['asked'] === 'true') actions.remove(message);
    button.dataset['asked'] = 'true';
    button.textContent = 'Really delete?';
  });
  button.addEventListener('blur', () => {
    delete button.dataset['asked'];
    button.textContent = 'Delete';
  });
  return button;
}

function action(text: string, run: () => void, className = ''): HTMLButtonElement {
  const button = make('button', className, text);
  button.type = 'button';
  button.addEventListener('click', run);
  return button;
}
