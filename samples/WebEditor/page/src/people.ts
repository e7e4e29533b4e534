import type { CollabDocument, Person } from 'realtimecollab-js';
import type { PresenceClient } from 'realtimecollab-js/presence';
import { element, make } from './elements';
import type { Identity } from './identity';
import { describe, markStatus, ownStatus } from './presence';

/** Somebody in the list: all windows and devices of one user. */
interface Entry {
  readonly userId: string;
  readonly userName: string;
  readonly color: string;
  readonly isSelf: boolean;
}

const MOST_AVATARS = 4;

/** Shows who is here: faces in the bar, and names in a list that opens from there. */
export function showPeople(opened: CollabDocument, identity: Identity, presence: PresenceClient): void {
  const menu = element<HTMLDetailsElement>('people');
  const summary = menu.querySelector('summary') as HTMLElement;
  const list = menu.querySelector('ul') as HTMLElement;
  const own = ownStatus(presence);
  list.append(own);
  const show = (): void => {
    const entries = merge(opened.people, identity);
    summary.replaceChildren(...entries.slice(0, MOST_AVATARS).map((entry) => avatar(entry, presence)));
    if (entries.length > MOST_AVATARS) summary.append(make('span', 'avatar more', `+${entries.length - MOST_AVATARS}`));
    summary.setAttribute('aria-label', `Who is here: ${entries.length}`);
    // the user may be typing in the last entry
    for (const old of [...list.children]) if (old !== own) old.remove();
    own.before(...entries.map((entry) => row(entry, presence)));
  };
  opened.on('people', show);
  presence.on('change', show);
  show();
}

function merge(people: readonly Person[], { userId, userName }: Identity): readonly Entry[] {
  const self = people.find((person) => person.isSelf);
  const entries = new Map<string, Entry>([[userId, { userId, userName, color: self?.color ?? '', isSelf: true }]]);
  for (const person of people) {
    const known = entries.get(person.userId);
    if (known === undefined || known.color === '') entries.set(person.userId, { ...person, isSelf: known !== undefined });
  }
  return [...entries.values()];
}

function avatar({ userId, userName, color, isSelf }: Entry, presence: PresenceClient): HTMLElement {
  const face = make('span', 'avatar', initials(userName));
  if (color !== '') face.style.setProperty('--color', color);
  face.title = isSelf ? `${userName} (you)` : userName;
  markStatus(face, presence.users.get(userId));
  return face;
}

function row(entry: Entry, presence: PresenceClient): HTMLElement {
  const item = make('li', '');
  const user = presence.users.get(entry.userId);
  const who = make('span', 'who');
  who.append(make('span', 'name', entry.userName), make('span', 'does', user === undefined ? '' : describe(user)));
  item.append(avatar(entry, presence), who);
  if (entry.isSelf) item.append(make('span', 'you', 'you'));
  return item;
}

function initials(name: string): string {
  const [first = '?', ...rest] = name.trim().split(/\s+/);
  const letters = [first, rest.at(-1) ?? ''].map((word) => [...word][0] ?? '');
  return letters.join('').toUpperCase();
}
