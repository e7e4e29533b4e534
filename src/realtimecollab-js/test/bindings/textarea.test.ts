// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bindTextarea } from '../../src/bindings/textarea/index.js';
import type { CollabDocument } from '../../src/client/index.js';
import { randomFrom } from '../ot/support/random.js';
import { Room, type Guest } from '../client/support/room.js';

let room: Room;
let ada: Guest;
const ends: (() => void)[] = [];
beforeEach(() => {
  room = new Room();
  ada = room.guest('ada');
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await room.end();
});

type Field = HTMLTextAreaElement | HTMLInputElement;

async function edit<Name extends 'textarea' | 'input' = 'textarea'>(
  initialText = '',
  guest = ada,
  name: Name = 'textarea' as Name,
): Promise<{ field: Field; document: CollabDocument }> {
  const document = await guest.open('doc', { initialText });
  const field = window.document.body.appendChild(window.document.createElement(name));
  ends.push(bindTextarea(field, document));
  return { field, document };
}

/** As a browser does when somebody types, pastes or deletes. */
function replace(field: Field, start: number, end: number, text: string): void {
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

function press(field: Field, key: string): void {
  field.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }));
}

const serverText = () => room.hub.document('doc').content.toString();

test('what is typed reaches the server at the caret, also between equal letters', async () => {
  const { field } = await edit('aaaa');
  replace(field, 2, 2, 'a');
  await room.settle();
  expect(serverText()).toBe('aaaaa');
  expect(room.hub.callsOf('SubmitOperation')).toMatchObject([{ operation: [2, 'a', 2] }]);
});

test('what others do shows around the caret', async () => {
  const { field } = await edit('one two');
  field.focus();
  field.setSelectionRange(4, 7);
  room.hub.commitAs('bob', 'doc', ['zero ', 7]);
  room.hub.commitAs('bob', 'doc', [12, ' three']);
  await room.settle();
  expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['zero one two three', 9, 18]);
});

test('line ends of two characters stay as they are', async () => {
  const { field, document } = await edit('one\r\ntwo\rthree\r\n');
  expect(field.value).toBe('one\ntwo\nthree\n');
  replace(field, 4, 7, '2');
  replace(field, 3, 4, '');
  await room.settle();
  room.hub.commitAs('bob', 'doc', [10, '!', 2]);
  await room.settle();
  expect([document.text, serverText(), field.value]).toEqual([
    'one2\rthree!\r\n',
    'one2\rthree!\r\n',
    'one2\nthree!\n',
  ]);
});

test('an input shows one line', async () => {
  const { field, document } = await edit('a\nb', ada, 'input');
  expect(field.value).toBe('ab');
  replace(field, 2, 2, 'c');
  await room.settle();
  expect([document.text, serverText()]).toEqual(['a\nbc', 'a\nbc']);
});

test('an emoji that another one replaces is sent as a whole', async () => {
  const { field } = await edit('a😀b');
  replace(field, 2, 3, '😁'.charAt(1));
  await room.settle();
  expect([field.value, serverText()]).toEqual(['a😁b', 'a😁b']);
});

test('half a character is not taken, and goes from the field again', async () => {
  const { field } = await edit('ab');
  replace(field, 1, 1, '\ud83d');
  expect(field.value).toBe('ab');
});

test('undo and redo are those of the own edits', async () => {
  const { field } = await edit();
  replace(field, 0, 0, 'mine');
  await room.settle();
  room.hub.commitAs('bob', 'doc', [4, ' theirs']);
  await room.settle();
  press(field, 'z');
  expect(field.value).toBe(' theirs');
  field.dispatchEvent(new InputEvent('beforeinput', { inputType: 'historyRedo', bubbles: true, cancelable: true }));
  expect([field.value, field.selectionStart]).toEqual(['mine theirs', 4]);
});

test("others' changes wait for the end of a composition", async () => {
  const { field } = await edit('word');
  field.dispatchEvent(new CompositionEvent('compositionstart'));
  replace(field, 4, 4, 'に');
  room.hub.commitAs('bob', 'doc', ['A ', 4]);
  await room.settle();
  expect(field.value).toBe('wordに');
  replace(field, 4, 5, '日');
  field.dispatchEvent(new CompositionEvent('compositionend'));
  await room.settle();
  expect([field.value, serverText()]).toEqual(['A word日', 'A word日']);
});

test('the selection is told while the field has the focus', async () => {
  const { field } = await edit('some text');
  field.focus();
  field.setSelectionRange(5, 9, 'backward');
  window.document.dispatchEvent(new Event('selectionchange'));
  await room.settle();
  field.blur();
  await room.settle();
  expect(room.hub.callsOf('UpdateSelection')).toMatchObject([
    { selection: { ranges: [{ anchor: 9, head: 5 }] } },
    { selection: null },
  ]);
});

test('who may only read has a field that is read-only', async () => {
  room.hub.document('doc').role = 'viewer';
  const { field } = await edit();
  expect(field.readOnly).toBe(true);
});

test('fields with random edits agree with each other and with the server', async () => {
  const random = randomFrom(11);
  const editors = [await edit('a\r\nb'), await edit('', room.guest('bob')), await edit('', room.guest('carol'))];
  for (let step = 0; step < 150; step++) {
    const { field } = editors[random(3)] as { field: Field };
    const from = random(field.value.length + 1);
    replace(
      field,
      from,
      Math.min(field.value.length, from + random(3)),
      ['', 'x', '\n', '😀', 'xx'][random(5)] as string,
    );
    if (random(3) === 0) press(field, random(2) === 0 ? 'z' : 'y');
    await room.settle(random(5));
  }
  await room.settle(10_000);
  for (const { field, document } of editors) {
    expect(document.text).toBe(serverText());
    expect(field.value).toBe(serverText().replace(/\r\n?/g, '\n'));
  }
});
