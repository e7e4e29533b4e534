import { afterEach, beforeEach, expect, test } from 'vitest';
import { Room } from './support/room.js';

let room: Room;
beforeEach(() => (room = new Room()));
afterEach(() => room.end());

test('an edit shows at once, and reaches the server and others', async () => {
  const mine = await room.guest('ada').open();
  const theirs = await room.guest('bob').open();
  mine.insert(0, 'Hello');
  expect([mine.text, mine.state]).toEqual(['Hello', 'saving']);
  await room.settle();
  expect([mine.state, mine.revision]).toEqual(['synchronized', 1]);
  expect([theirs.text, room.hub.document('doc').content.toString()]).toEqual(['Hello', 'Hello']);
});

test('a document that does not exist gets the initial text, one that does keeps its own', async () => {
  const first = await room.guest('ada').open('new', { initialText: 'A' });
  const second = await room.guest('bob').open('new', { initialText: 'B' });
  expect([first.text, second.text]).toEqual(['A', 'A']);
});

test('edits at the same time lead everybody to the same text', async () => {
  const mine = await room.guest('ada').open('doc', { initialText: '12' });
  const theirs = await room.guest('bob').open();
  mine.insert(1, 'a');
  theirs.insert(1, 'b');
  theirs.delete(0, 1);
  await room.settle();
  expect(theirs.text).toBe(mine.text);
  expect(mine.text).toBe(room.hub.document('doc').content.toString());
});

test('while one operation is in flight, further edits go out as one', async () => {
  const document = await room.guest('ada').open();
  for (const letter of 'typing') document.insert(document.length, letter);
  await room.settle();
  const operations = room.hub.callsOf('SubmitOperation') as { operation: unknown }[];
  expect(operations.map(({ operation }) => operation)).toEqual([['t'], [1, 'yping']]);
});

test('a change event carries the operation and where it came from', async () => {
  const mine = await room.guest('ada').open();
  const theirs = await room.guest('bob').open();
  const seen: unknown[] = [];
  theirs.on('change', ({ operation, origin, userId }) => seen.push([operation.toJSON(), origin, userId]));
  mine.insert(0, 'x');
  await room.settle();
  theirs.insert(1, 'y');
  expect(seen).toEqual([
    [['x'], 'remote', 'ada'],
    [[1, 'y'], 'local', undefined],
  ]);
});

test('formatting rich text sets and removes attributes', async () => {
  const mine = await room.guest('ada').open('rich', { contentType: 'richText', initialText: 'one two' });
  mine.format(4, 3, { bold: true, color: 'red' });
  mine.format(4, 3, { color: null });
  await room.settle();
  const expected = ['one ', { insert: 'two', attributes: { bold: true } }];
  expect([mine.content, room.hub.document('rich').content.toContent()]).toEqual([expected, expected]);
});

test('an edit that does not fit is refused and changes nothing', async () => {
  const document = await room.guest('ada').open('doc', { initialText: 'ab' });
  expect(() => document.delete(1, 5)).toThrow('base-length');
  expect([document.text, document.state]).toEqual(['ab', 'synchronized']);
  await room.settle();
  expect(room.hub.callsOf('SubmitOperation')).toEqual([]);
});

test("undo takes back one's own edit and leaves what others did since", async () => {
  const mine = await room.guest('ada').open();
  const theirs = await room.guest('bob').open();
  mine.insert(0, 'mine');
  await room.settle();
  theirs.insert(2, '-theirs-');
  await room.settle();
  expect(mine.text).toBe('mi-theirs-ne');
  expect(mine.undo()).toBe(true);
  await room.settle();
  expect([mine.text, theirs.text]).toEqual(['-theirs-', '-theirs-']);
  expect(mine.redo()).toBe(true);
  await room.settle();
  expect(theirs.text).toBe('mi-theirs-ne');
});

test('several documents share one connection', async () => {
  const ada = room.guest('ada');
  const [first, second] = [await ada.open('first'), await ada.open('second')];
  const other = await room.guest('bob').open('second');
  first.insert(0, '1');
  second.insert(0, '2');
  await room.settle();
  expect([first.text, second.text, other.text]).toEqual(['1', '2', '2']);
  expect(room.hub.document('first').content.toString()).toBe('1');
  expect(await ada.open('first')).toBe(first);
});

test('a paste larger than an operation may be goes out in pieces', async () => {
  const mine = await room.guest('ada').open();
  const text = 'große "Datei" 😀\n'.repeat(2000);
  mine.insert(0, text);
  mine.insert(0, '>');
  await room.settle(5000);
  expect(room.hub.document('doc').content.toString()).toBe(`>${text}`);
  const sizes = room.hub
    .callsOf('SubmitOperation')
    .map((call) => Buffer.byteLength(JSON.stringify((call as { operation: unknown }).operation)));
  expect(sizes.length).toBeGreaterThan(5);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(4096);
});

test('who may only read gets the document read-only', async () => {
  room.hub.document('doc').role = 'viewer';
  const document = await room.guest('ada').open();
  expect([document.readOnly, document.role]).toEqual([true, 'viewer']);
  expect(() => document.insert(0, 'x')).toThrow(expect.objectContaining({ code: 'permission_denied' }));
});

test('an edit beyond the longest document is refused before it is made', async () => {
  const document = await room.guest('ada').open();
  expect(() => document.insert(0, 'x'.repeat(100_001))).toThrow(
    expect.objectContaining({ code: 'document_too_large' }),
  );
  expect(document.text).toBe('');
});

test('text is replaced in one step, and embeds are inserted in rich text', async () => {
  const letter = await room.guest('ada').open('letter', { contentType: 'richText', initialText: 'Dear all\n' });
  letter.replace(5, 3, 'Grace');
  letter.insertEmbed(10, { image: 'grace.png' }, { width: '10' });
  const content = ['Dear Grace', { insert: { image: 'grace.png' }, attributes: { width: '10' } }, '\n'];
  expect(letter.content).toEqual(content);
  letter.undo();
  expect([letter.text, letter.undo(), letter.text]).toEqual(['Dear Grace\n', true, 'Dear all\n']);
});

test('the own selection moves along with what others write', async () => {
  const mine = await room.guest('ada').open('doc', { initialText: 'text' });
  mine.select({ ranges: [{ anchor: 1, head: 3 }] });
  room.hub.commitAs('bob', 'doc', ['>> ', 4]);
  await room.settle();
  expect(mine.selection).toEqual({ ranges: [{ anchor: 4, head: 6 }] });
});

test('a closed document leaves the server and takes no more edits', async () => {
  const document = await room.guest('ada').open();
  const reasons: string[] = [];
  document.on('closed', ({ reason }) => reasons.push(reason));
  await room.during(document.close());
  expect([document.isClosed, document.state, reasons]).toEqual([true, 'offline', ['closed']]);
  expect(document.closedReason).toBe('closed');
  expect(room.hub.document('doc').members.size).toBe(0);
  expect(() => document.insert(0, 'x')).toThrow(expect.objectContaining({ code: 'session_not_found' }));
});
