import type { CollabDocument } from 'realtimecollab-js';
import type { ChatRoom } from 'realtimecollab-js/chat';

/** Somebody to mention. */
export interface Named {
  readonly userId: string;
  readonly userName: string;
}

/** Those who have the document open, and those who were ever in its room; without the user. */
export function peopleToMention(opened: CollabDocument, room: ChatRoom, ownId: string): readonly Named[] {
  const people = new Map<string, Named>();
  for (const { userId, userName } of [...opened.people, ...room.members]) {
    if (userId !== ownId && !people.has(userId) && userName !== '') people.set(userId, { userId, userName });
  }
  return [...people.values()].sort((a, b) => a.userName.localeCompare(b.userName));
}

/** Whom a text mentions. Of people with the same name, those who were chosen; all of them if none was. */
export function mentionsIn(text: string, people: readonly Named[], chosen: ReadonlySet<string>): readonly string[] {
  const named = people.filter(({ userName }) => placesOf(text, userName).length > 0);
  return named
    .filter(({ userId, userName }) => {
      const others = named.filter((other) => other.userName === userName);
      return chosen.has(userId) || !others.some((other) => chosen.has(other.userId));
    })
    .map(({ userId }) => userId);
}

/** Where `@name` stands as words of its own, not within an address. */
export function placesOf(text: string, userName: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(`@${userName}`); at >= 0; at = text.indexOf(`@${userName}`, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + userName.length + 1] ?? ' '];
    if (!/[\p{L}\p{N}_]/u.test(before) && !/[\p{L}\p{N}_]/u.test(after)) places.push(at);
  }
  return places;
}
