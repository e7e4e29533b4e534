import type { ChatClient, ChatNotification } from 'realtimecollab-js/chat';
import { titleOf } from '../address';
import { element, make } from '../elements';

/** The short list of mentions and other notifications that the user has not dealt with. */
export function showNews(chat: ChatClient, roomId: string, goTo: (messageId: string) => void): void {
  const menu = element<HTMLDetailsElement>('chat-news');
  const summary = menu.querySelector('summary') as HTMLElement;
  const list = menu.querySelector('ul') as HTMLElement;
  const acknowledge = (notifications: readonly ChatNotification[]): void => {
    chat.acknowledge(notifications.map(({ id }) => id)).catch((error: Error) => console.info(error.message));
  };
  const row = (notification: ChatNotification): HTMLElement => {
    const { roomId: where, message, timestamp } = notification;
    const item = make('li', '');
    const button = make('button', '', textOf(notification));
    button.type = 'button';
    const place = where && where !== roomId ? `${titleOf(where)} · ` : '';
    button.append(make('small', '', `${place}${new Date(timestamp).toLocaleString()}`));
    button.addEventListener('click', () => {
      acknowledge([notification]);
      if (where && where !== roomId) location.assign(`/d/${where}`);
      else if (message) goTo(message.messageId);
    });
    item.append(button);
    return item;
  };
  const show = (): void => {
    const { notifications } = chat;
    menu.hidden = notifications.length === 0;
    summary.textContent = `Mentions and notifications (${notifications.length})`;
    list.replaceChildren(...notifications.map(row).reverse());
  };
  (menu.querySelector(':scope > button') as HTMLElement).addEventListener('click', () => acknowledge(chat.notifications));
  chat.on('notifications', show);
  show();
}

function textOf({ type, text, message }: ChatNotification): string {
  if (message) return `${message.senderName} mentioned you: ${message.content}`;
  return type === 'mention' ? 'You were mentioned in a message that is gone.' : (text ?? type);
}
