import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CollabDocument } from '../../src/client/index.js';
import { calm } from './support/fakeTransport.js';
import { Room } from './support/room.js';

let room: Room;
beforeEach(() => (room = new Room()));
afterEach(() => room.end());

const caret = (at: number) => ({ ranges: [{ anchor: at, head: at }] });
const selectionOf = (document: CollabDocument, userId: string) =>
  document.people.find((person) => person.userId === userId)?.selection;

test('people come and go', async () => {
  const mine = await room.guest('ada').open();
  const lists: string[][] = [];
  mine.on('people', (people) => lists.push(people.map(({ userId }) => userId)));
  const bob = room.guest('bob');
  const theirs = await bob.open();
  expect(theirs.people.map(({ userId, isEditing }) => [userId, isEditing])).toEqual([['ada', true]]);
  bob.transport.isReachable = false;
  bob.transport.cut();
  await room.settle();
  expect([lists[0], lists.at(-1)]).toEqual([['bob'], []]);
});

test("others' selections lie where they are in the local text, with the edits that the server does not have", async () => {
  const mine = await room.guest('ada').open('doc', { initialText: 'one two' });
  const theirs = await room.guest('bob').open();
  theirs.select(caret(4));
  mine.insert(0, 'zero ');
  await room.settle(60);
  expect(selectionOf(mine, 'bob')).toEqual(caret(9));
  mine.insert(12, '!');
  mine.delete(0, 5);
  expect(selectionOf(mine, 'bob')).toEqual(caret(4));
  await room.settle();
  expect(selectionOf(mine, 'bob')).toEqual(caret(4));
});

test('a selection for a revision that has not come in waits for it', async () => {
  let late: readonly number[] = [0];
  const carol = room.guest('carol', { ...calm, callback: () => late });
  const mine = await carol.open('doc', { initialText: 'ab' });
  const theirs = await room.guest('bob').open();
  await room.settle();
  late = [150];
  room.hub.commitAs('dave', 'doc', ['--', 2]);
  late = [0];
  await room.settle(5);
  theirs.select(caret(4));
  await room.settle(100);
  expect([mine.text, selectionOf(mine, 'bob')]).toEqual(['ab', null]);
  await room.settle();
  expect([mine.text, selectionOf(mine, 'bob')]).toEqual(['--ab', caret(4)]);
});

test('a selection for an earlier revision is brought forward', async () => {
  const mine = await room.guest('ada').open('doc', { initialText: 'ab' });
  const theirs = await room.guest('bob').open();
  await room.settle();
  room.hub.commitAs('dave', 'doc', ['12', 2]);
  await room.settle();
  const { clientId, userId } = mine.people.find((person) => person.userId === 'bob') as {
    clientId: string;
    userId: string;
  };
  const selections = [{ clientId, userId, userName: '', color: '', selection: caret(1) }];
  for (const connection of room.hub.document('doc').members.keys()) {
    connection.callBack('SelectionsChanged', { documentId: 'doc', revision: 0, selections });
  }
  await room.settle();
  expect([selectionOf(mine, 'bob'), theirs.text]).toEqual([caret(3), '12ab']);
});

test('carets that lie ahead are told when the content is there, and not with each entry before', async () => {
  const mine = await room.guest('ada').open();
  await room.guest('bob').open();
  await room.settle();
  const { clientId, userId } = mine.people.find((person) => person.userId === 'bob') as {
    clientId: string;
    userId: string;
  };
  const ahead = { clientId, userId, userName: '', color: '', selection: caret(3) };
  for (const connection of room.hub.document('doc').members.keys()) {
    connection.callBack('SelectionsChanged', { documentId: 'doc', revision: 3, selections: [ahead] });
  }
  await room.settle();
  let told = 0;
  mine.on('people', () => told++);
  for (const edit of [['a'], [1, 'b']]) room.hub.commitAs('dave', 'doc', edit);
  await room.settle();
  expect([told, selectionOf(mine, 'bob')]).toEqual([0, null]);
  room.hub.commitAs('dave', 'doc', [2, 'c']);
  await room.settle();
  expect([told, selectionOf(mine, 'bob')]).toEqual([1, caret(3)]);
});

test('a caret that only moves along with typing is not sent', async () => {
  const document = await room.guest('ada').open();
  document.select(caret(0));
  for (const letter of 'hello') {
    document.insert(document.length, letter);
    document.select(caret(document.length));
    await room.settle(30);
  }
  await room.settle();
  expect(room.hub.callsOf('UpdateSelection')).toEqual([]);
  expect([...room.hub.document('doc').members.values()].map(({ selection }) => selection)).toEqual([caret(5)]);
});

test('a caret that runs is sent at most 20 times a second, and its last place in any case', async () => {
  const document = await room.guest('ada').open('doc', { initialText: 'x'.repeat(1000) });
  for (let at = 0; at < 1000; at++) {
    document.select(caret(at));
    await room.settle(1);
  }
  await room.settle();
  const sent = room.hub.callsOf('UpdateSelection');
  expect(sent.length).toBeGreaterThan(10);
  expect(sent.length).toBeLessThanOrEqual(21);
  expect(sent.at(-1)).toMatchObject({ selection: caret(999) });
});

test('a selection is sent again over a new connection', async () => {
  const ada = room.guest('ada');
  const document = await ada.open('doc', { initialText: 'text' });
  document.select(caret(2));
  await room.settle();
  ada.transport.cut();
  await room.settle();
  expect(room.hub.callsOf('UpdateSelection')).toHaveLength(2);
});

test('a selection outside of the document is refused', async () => {
  const document = await room.guest('ada').open('doc', { initialText: 'text' });
  expect(() => document.select(caret(5))).toThrow(RangeError);
});
