import './styles/presence.css';
import { PresenceClient, type PresenceClientOptions, type PresenceUser, type SettableStatus } from 'realtimecollab-js/presence';
import { make } from './elements';

const TEXTS: Record<PresenceUser['status'], string> = {
  editing: 'Editing',
  busy: 'Busy',
  online: 'Online',
  away: 'Away',
  offline: 'Offline',
};

const CHOICES: readonly SettableStatus[] = ['online', 'busy', 'away'];

/** Follows who is in the document, and the user's own status. Without a connection nobody's status is shown. */
export function followPresence(options: PresenceClientOptions, documentId: string, userId: string): PresenceClient {
  const presence = new PresenceClient(options);
  presence.on('error', (error) => console.info(error.message));
  void presence.watch({ userIds: [userId], documentIds: [documentId] }).catch(() => undefined); // told as an error
  return presence;
}

/** Puts a mark for the status on a face. */
export function markStatus(face: HTMLElement, user: PresenceUser | undefined): void {
  if (user === undefined) return;
  face.dataset['status'] = user.status;
  face.title = `${face.title}: ${describe(user)}`;
}

/** What a user does, in words. */
export function describe({ status, text, devices }: PresenceUser): string {
  const many = devices.length > 1 ? `${devices.length} devices` : '';
  return [TEXTS[status], text ?? '', many].filter((part) => part !== '').join(' · ');
}

/** An entry of the list with which the user says how to be found. */
export function ownStatus(presence: PresenceClient): HTMLElement {
  const item = make('li', 'own-status');
  const text = make('input', '');
  text.maxLength = 60;
  text.placeholder = 'What are you doing?';
  text.setAttribute('aria-label', 'What you are doing');
  const buttons = CHOICES.map((status) => {
    const button = make('button', 'choice', TEXTS[status]);
    button.type = 'button';
    button.dataset['status'] = status;
    button.addEventListener('click', () => set(status));
    return button;
  });
  let chosen: SettableStatus = 'online';
  const show = (): void => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['status'] === chosen));
  };
  const set = (status: SettableStatus): void => {
    chosen = status;
    show();
    presence.setStatus(status, text.value.trim()).catch((error: Error) => console.info(error.message));
  };
  text.addEventListener('change', () => set(chosen));
  const group = make('div', 'choices');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Your status');
  group.append(...buttons);
  item.append(group, text);
  show();
  return item;
}
