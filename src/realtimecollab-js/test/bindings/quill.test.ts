// @vitest-environment jsdom
import Quill from 'quill';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bindQuill } from '../../src/bindings/quill/index.js';
import type { CollabDocument, OpenOptions } from '../../src/client/index.js';
import { Document } from '../../src/ot/index.js';
import { randomFrom, type Random } from '../ot/support/random.js';
import { Room, type Guest } from '../client/support/room.js';

let room: Room;
let ada: Guest;
const ends: (() => void)[] = [];
beforeEach(() => {
  // jsdom lays nothing out
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  room = new Room();
  ada = room.guest('ada');
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await room.end();
  vi.unstubAllGlobals();
});

interface Editor {
  readonly quill: Quill;
  readonly document: CollabDocument;
}

async function edit(guest: Guest = ada, options: OpenOptions = {}): Promise<Editor> {
  const document = await guest.open('doc', { contentType: 'richText', initialText: '\n', ...options });
  return { quill: show(document), document };
}

function show(document: CollabDocument): Quill {
  const place = window.document.body.appendChild(window.document.createElement('div'));
  const quill = new Quill(place, { modules: { toolbar: false } });
  ends.push(bindQuill(quill, document));
  return quill;
}

const hub = () => room.hub.document('doc');
const onServer = () => hub().content.toContent();
/** What Quill shows, as a document. */
const shown = ({ quill }: Editor) => Document.fromContent(quill.getContents().ops as never).toContent();

function press(quill: Quill, key: string, shiftKey = false): void {
  quill.root.dispatchEvent(
    new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey, bubbles: true, cancelable: true }),
  );
}

test('what is typed and formatted reaches the server', async () => {
  const editor = await edit();
  editor.quill.insertText(0, 'Hello', 'user');
  editor.quill.formatText(1, 3, { bold: true, color: 'red' }, 'user');
  editor.quill.formatLine(0, 1, 'header', 1, 'user');
  await room.settle();
  expect(onServer()).toEqual([
    'H',
    { insert: 'ell', attributes: { bold: true, color: 'red' } },
    'o',
    { insert: '\n', attributes: { header: 1 } },
  ]);
  expect(shown(editor)).toEqual(onServer());
});

test('what others do shows in the editor', async () => {
  const editor = await edit();
  room.hub.commitAs('bob', 'doc', [
    { insert: 'big', attributes: { size: 'large', italic: true } },
    { insert: { image: 'a.png' } },
    1,
  ]);
  await room.settle();
  expect(shown(editor)).toEqual(onServer());
  expect(editor.quill.root.querySelector('img')?.getAttribute('src')).toBe('a.png');
});

test('all standard formats and embeds come over as they are', async () => {
  const inline = ['background', 'color', 'font', 'link', 'size'].map((name) => [
    name,
    name === 'link' ? 'https://a.example' : name === 'font' ? 'serif' : name === 'size' ? 'small' : 'red',
  ]);
  const flags = ['bold', 'code', 'italic', 'strike', 'underline'].map((name) => [name, true]);
  const lines = [
    ['blockquote', true],
    ['header', 2],
    ['indent', 1],
    ['list', 'bullet'],
    ['list', 'ordered'],
    ['list', 'checked'],
    ['align', 'center'],
    ['direction', 'rtl'],
    ['code-block', 'plain'],
  ];
  const content = [
    ...[...inline, ...flags, ['script', 'super']].map(([name, value]) => ({
      insert: `${String(name)} `,
      attributes: { [String(name)]: value },
    })),
    '\n',
    ...lines.flatMap(([name, value]) => ['line', { insert: '\n', attributes: { [String(name)]: value } }]),
    { insert: { video: 'https://v.example' } },
    { insert: { image: 'i.png' }, attributes: { alt: 'picture', width: '10' } },
    '\n',
  ];
  const first = await edit();
  const second = await edit(room.guest('bob'));
  first.quill.setContents(content as never, 'user');
  await room.settle();
  expect(shown(second)).toEqual(shown(first));
  expect(onServer()).toEqual(shown(first));
  const formats = new Set(
    first.quill.getContents().ops.flatMap((op: { attributes?: object }) => Object.keys(op.attributes ?? {})),
  );
  expect([...inline, ...flags, ...lines].every(([name]) => formats.has(String(name)))).toBe(true);
});

test('two editors that format the same words at once agree', async () => {
  const [first, second] = [await edit(), await edit(room.guest('bob'))];
  first.quill.insertText(0, 'the same words', 'user');
  await room.settle();
  first.quill.formatText(0, 8, { bold: true, color: 'red' }, 'user');
  second.quill.formatText(4, 10, { italic: true, color: 'blue' }, 'user');
  await room.settle();
  expect(shown(first)).toEqual(onServer());
  expect(shown(second)).toEqual(onServer());
  const middle = { insert: 'same', attributes: { bold: true, italic: true, color: 'blue' } };
  expect(onServer()).toContainEqual(middle);
});

test('a line that two people make another kind of line at once is the same kind for both', async () => {
  const [first, second] = [await edit(), await edit(room.guest('bob'))];
  first.quill.insertText(0, 'line', 'user');
  await room.settle();
  first.quill.formatLine(0, 1, 'header', 1, 'user');
  second.quill.formatLine(0, 1, 'list', 'bullet', 'user');
  await room.settle();
  expect(shown(first)).toEqual(['line', { insert: '\n', attributes: { list: 'bullet' } }]);
  expect(shown(second)).toEqual(shown(first));
  second.quill.formatLine(0, 1, 'list', false, 'user');
  await room.settle();
  expect([shown(first), shown(second), onServer()]).toEqual([['line\n'], ['line\n'], ['line\n']]);
});

test('a document without a line end at its end gets one when it is needed, and not before', async () => {
  hub().content = Document.fromContent(['text']);
  const editor = await edit();
  expect(shown(editor)).toEqual(['text\n']);
  editor.quill.insertText(4, '!', 'user');
  await room.settle();
  expect(onServer()).toEqual(['text!']);
  editor.quill.insertText(5, '\n', 'user');
  await room.settle();
  expect(onServer()).toEqual(['text!\n\n']);
  room.hub.commitAs('bob', 'doc', [6, -1]);
  room.hub.commitAs('bob', 'doc', [6, 'end']);
  await room.settle();
  expect([onServer(), shown(editor)]).toEqual([['text!\nend'], ['text!\nend\n']]);
  room.hub.commitAs('bob', 'doc', [9, '\n']);
  await room.settle();
  expect(shown(editor)).toEqual(['text!\nend\n']);
  editor.quill.formatLine(6, 1, 'header', 2, 'user');
  await room.settle();
  expect(shown(editor)).toEqual(onServer());
});

test('a line end that is not in the document is put there to be formatted', async () => {
  hub().content = Document.fromContent(['text']);
  const editor = await edit();
  editor.quill.formatLine(0, 1, 'header', 1, 'user');
  await room.settle();
  expect(onServer()).toEqual(['text', { insert: '\n', attributes: { header: 1 } }]);
  expect(shown(editor)).toEqual(onServer());
});

test('undo and redo are those of the own edits', async () => {
  const editor = await edit();
  editor.quill.insertText(0, 'mine', 'user');
  await room.settle();
  room.hub.commitAs('bob', 'doc', [4, ' theirs', 1]);
  await room.settle();
  press(editor.quill, 'z');
  expect(editor.quill.getText()).toBe(' theirs\n');
  press(editor.quill, 'y');
  expect(editor.quill.getText()).toBe('mine theirs\n');
  editor.quill.history.undo();
  press(editor.quill, 'Z', true);
  await room.settle();
  expect(onServer()).toEqual(['mine theirs\n']);
});

test("others' changes wait for the end of a composition", async () => {
  const editor = await edit();
  editor.quill.insertText(0, 'word', 'user');
  await room.settle();
  editor.quill.root.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
  room.hub.commitAs('bob', 'doc', ['A ', 5]);
  await room.settle();
  expect(editor.quill.getText()).toBe('word\n');
  editor.quill.root.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
  await room.settle();
  expect(editor.quill.getText()).toBe('A word\n');
});

test('what is typed and not yet noticed comes before what others did', async () => {
  const editor = await edit();
  editor.quill.insertText(0, 'ab', 'user');
  await room.settle();
  const [text] = [...(editor.quill.root.firstElementChild as HTMLElement).childNodes] as Text[];
  (text as Text).data = 'a-b';
  const { connection } = ada.transport;
  const operations = [
    hub().commit(
      { documentId: 'doc', operationId: 'x', baseRevision: hub().revision, operation: ['> ', 3] },
      'bob',
      'bob',
    ),
  ];
  connection?.callBack('OperationsApplied', { documentId: 'doc', fromRevision: hub().revision - 1, operations });
  await room.settle();
  expect([editor.quill.getText(), hub().content.toString()]).toEqual(['> a-b\n', '> a-b\n']);
});

test('an embed that the editor does not have leaves a mark, and stays what it is', async () => {
  const editor = await edit();
  room.hub.commitAs('bob', 'doc', ['a', { insert: { chart: 1 } }, 'b', { insert: { formula: 'x' } }, 1]);
  await room.settle();
  editor.quill.insertText(2, '-', 'user');
  await room.settle();
  expect(editor.quill.getText()).toBe('a\ufffc-b\ufffc\n');
  expect(onServer()).toEqual(['a', { insert: { chart: 1 } }, '-b', { insert: { formula: 'x' } }, '\n']);
});

test('edits that the server refuses go from the editor again', async () => {
  const editor = await edit();
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'invalid_operation' : undefined);
  editor.quill.insertText(0, 'lost', 'user');
  await room.settle();
  expect(editor.quill.getText()).toBe('\n');
});

test('half a character is not taken, and goes from the editor again', async () => {
  const editor = await edit();
  editor.quill.insertText(0, '\ud83d', 'user');
  await room.settle();
  expect([editor.quill.getText(), editor.document.text]).toEqual(['\n', '\n']);
});

test('who may only read has an editor that takes nothing', async () => {
  hub().content = Document.fromContent(['text\n']);
  hub().role = 'viewer';
  const { quill } = await edit();
  expect([quill.isEnabled(), quill.getText()]).toEqual([false, 'text\n']);
});

test('an editor that is no longer bound goes its own way', async () => {
  const editor = await edit();
  ends.splice(0).forEach((end) => end());
  editor.quill.insertText(0, 'alone', 'user');
  room.hub.commitAs('bob', 'doc', ['together', 1]);
  await room.settle();
  expect([editor.quill.getText(), editor.document.text]).toEqual(['alone\n', 'together\n']);
  expect(editor.quill.root.parentElement?.querySelector('.rc-layer')).toBeNull();
});

test('a paste of 50,000 letters goes out in pieces, and is typed on beside', async () => {
  const [first, second] = [await edit(), await edit(room.guest('bob'))];
  first.quill.insertText(0, 'paste '.repeat(8_333), 'user');
  first.quill.insertText(0, 'before ', 'user');
  second.quill.insertText(0, 'beside ', 'user');
  await room.settle(5_000);
  const sizes = room.hub.callsOf('SubmitOperation').map((call) => JSON.stringify(call).length);
  expect(sizes.length).toBeGreaterThan(10);
  expect(Math.max(...sizes)).toBeLessThan(5_000);
  expect([shown(first), shown(second)]).toEqual([onServer(), onServer()]);
  expect(first.document.length).toBe(8_333 * 6 + 15);
});

test('the binding makes a large paste little slower than it is', async () => {
  const text = 'paste\n'.repeat(1_000);
  const place = window.document.body.appendChild(window.document.createElement('div'));
  const alone = new Quill(place, { modules: { toolbar: false } });
  const { quill } = await edit();
  const timeOf = (editor: Quill): number => {
    const start = process.cpuUsage().user;
    editor.insertText(0, text, 'user');
    editor.deleteText(0, text.length, 'user');
    return process.cpuUsage().user - start;
  };
  const medianOf = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] as number;
  const runs = Array.from({ length: 7 }, () => [timeOf(alone), timeOf(quill)] as const);
  expect(medianOf(runs.map(([, bound]) => bound))).toBeLessThan(4 * medianOf(runs.map(([unbound]) => unbound)));
});

test('plain text is refused', async () => {
  const document = await ada.open('plain', { initialText: 'x' });
  expect(() => show(document)).toThrow(TypeError);
});

type Formats = Record<string, unknown>;

function editAtRandom({ quill }: Editor, random: Random): void {
  const length = quill.getLength();
  const position = random(length);
  const some = Math.min(random(4), length - 1 - position);
  const kind = random(10);
  if (kind < 4)
    quill.insertText(
      position,
      ['a', 'b\n', '\n', 'cd'][random(4)] as string,
      random(2) === 0 ? { bold: true } : {},
      'user',
    );
  else if (kind < 6) quill.deleteText(position, some, 'user');
  else if (kind === 6)
    quill.formatText(
      position,
      some,
      [{ bold: true }, { italic: true, color: 'red' }, { color: 'blue' }, { bold: false }][random(4)] as Formats,
      'user',
    );
  else if (kind === 7)
    quill.formatLine(
      position,
      1,
      [{ header: 1 }, { list: 'bullet' }, { align: 'center' }, { blockquote: true }, { list: false }][
        random(5)
      ] as Formats,
      'user',
    );
  else if (kind === 8) quill.insertEmbed(position, 'image', 'i.png', 'user');
  else press(quill, random(2) === 0 ? 'z' : 'y');
}

test('editors with random edits agree with each other and with the server', async () => {
  for (let seed = 1; seed <= 8; seed++) {
    const random = randomFrom(seed);
    hub().content = Document.fromContent([]);
    const editors = [await edit(ada), await edit(room.guest(`bob${seed}`)), await edit(room.guest(`carol${seed}`))];
    for (let step = 0; step < 60; step++) {
      editAtRandom(editors[random(3)] as Editor, random);
      await room.settle(random(4));
    }
    await room.settle(10_000);
    const [first] = editors as [Editor];
    for (const editor of editors) {
      expect(editor.document.content, `seed ${seed}`).toEqual(onServer());
      expect(shown(editor), `seed ${seed}`).toEqual(shown(first));
      expect(editor.quill.getText().replace(/\n$/, ''), `seed ${seed}`).toBe(textOf(onServer()));
    }
    for (const end of ends.splice(0)) end();
    room.hub.documents.delete('doc');
    for (const { document } of editors) await room.during(document.close());
  }
});

/** As Quill's `getText` gives it: without embeds, and without the line end at the end. */
function textOf(content: unknown): string {
  return Document.fromContent(content as never)
    .toString()
    .replaceAll('\ufffc', '')
    .replace(/\n$/, '');
}
