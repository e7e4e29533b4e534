// @vitest-environment jsdom
import { EditorSelection } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collaboration } from '../../src/bindings/codemirror/index.js';
import type { CollabDocument, OpenOptions } from '../../src/client/index.js';
import { randomFrom } from '../ot/support/random.js';
import { Room, type Guest } from '../client/support/room.js';

let room: Room;
let ada: Guest;
const views: EditorView[] = [];
beforeEach(() => {
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList; // jsdom lays nothing out
  room = new Room();
  ada = room.guest('ada');
});
afterEach(async () => {
  for (const view of views.splice(0)) view.destroy();
  await room.end();
});

async function edit(guest: Guest, options: OpenOptions = {}): Promise<{ view: EditorView; document: CollabDocument }> {
  const document = await guest.open('doc', options);
  return { view: show(document), document };
}

function show(document: CollabDocument, doc = document.text): EditorView {
  const view = new EditorView({ doc, extensions: [collaboration(document)], parent: window.document.body });
  views.push(view);
  return view;
}

const serverText = () => room.hub.document('doc').content.toString();
const press = (view: EditorView, key: string, shiftKey = false) =>
  runScopeHandlers(
    view,
    new KeyboardEvent('keydown', { key, keyCode: key.toUpperCase().charCodeAt(0), ctrlKey: true, shiftKey }),
    'editor',
  );

test('what is typed reaches the server, with several changes in one operation', async () => {
  const { view } = await edit(ada, { initialText: 'one two' });
  view.dispatch({
    changes: [
      { from: 0, to: 3, insert: '1' },
      { from: 7, insert: '!' },
    ],
  });
  await room.settle();
  expect(serverText()).toBe('1 two!');
  expect(room.hub.callsOf('SubmitOperation')).toMatchObject([{ operation: ['1', -3, 4, '!'] }]);
});

test('what others do shows in the editor, and moves the caret as the server does', async () => {
  const { view } = await edit(ada, { initialText: 'ab' });
  view.dispatch({ selection: EditorSelection.cursor(1) });
  room.hub.commitAs('bob', 'doc', [1, '--', 1]);
  await room.settle();
  expect([view.state.doc.toString(), view.state.selection.main.head]).toEqual(['a--b', 3]);
});

test('two editors of one document show the same', async () => {
  const { view, document } = await edit(ada, { initialText: 'x' });
  const second = show(document);
  view.dispatch({ changes: { from: 1, insert: 'y' } });
  second.dispatch({ changes: { from: 0, insert: 'w' } });
  expect([view.state.doc.toString(), second.state.doc.toString(), document.text]).toEqual(['wxy', 'wxy', 'wxy']);
});

test('an editor that was made with another text gets that of the document', async () => {
  const document = await ada.open('doc', { initialText: 'right' });
  const view = show(document, 'wrong');
  await room.settle();
  expect([view.state.doc.toString(), document.text]).toEqual(['right', 'right']);
});

test('the keys of undo and redo take back and bring again the own edits only', async () => {
  const { view } = await edit(ada);
  view.dispatch({ changes: { from: 0, insert: 'mine' } });
  await room.settle();
  room.hub.commitAs('bob', 'doc', [4, ' theirs']);
  await room.settle();
  expect(press(view, 'z')).toBe(true);
  expect(view.state.doc.toString()).toBe(' theirs');
  expect(press(view, 'y')).toBe(true);
  expect([view.state.doc.toString(), view.state.selection.main.head]).toEqual(['mine theirs', 4]);
  expect(press(view, 'z')).toBe(true);
  expect(press(view, 'Z', true)).toBe(true);
  await room.settle();
  expect(serverText()).toBe('mine theirs');
});

test('line ends of two characters stay as they are, and positions stay the same', async () => {
  const { view, document } = await edit(ada, { initialText: 'one\r\ntwo\r\n' });
  expect([view.state.doc.lines, view.state.doc.length]).toEqual([3, 10]);
  view.dispatch({ changes: { from: 5, insert: '>' } });
  room.hub.commitAs('bob', 'doc', [5, '2', 5]);
  await room.settle();
  expect(view.state.doc.toString()).toBe(document.text);
  expect(serverText()).toBe('one\r\n>2two\r\n');
});

test('the caret steps over a line end of two characters in one step', async () => {
  const { view } = await edit(ada, { initialText: 'a\r\nb' });
  const [atomic] = view.state.facet(EditorView.atomicRanges).map((ranges) => ranges(view));
  const found: number[][] = [];
  atomic?.between(0, 4, (from, to) => void found.push([from, to]));
  expect(found).toEqual([[1, 3]]);
});

test('pasted line ends come in as the editor has them', () => {
  return edit(ada).then(({ view }) => {
    const paste = (text: string) =>
      view.state.facet(EditorView.clipboardInputFilter).reduce((all, filter) => filter(all, view.state), text);
    expect(paste('a\r\nb\rc\n')).toBe('a\nb\nc\n');
  });
});

test('an emoji that another one replaces by its second half is sent as a whole', async () => {
  const { view } = await edit(ada, { initialText: 'a😀b' });
  view.dispatch({ changes: { from: 2, to: 3, insert: '😁'.charAt(1) } });
  await room.settle();
  expect([serverText(), view.state.doc.toString()]).toEqual(['a😁b', 'a😁b']);
});

test('half a character is not taken, and goes from the editor again', async () => {
  const { view, document } = await edit(ada, { initialText: 'ab' });
  view.dispatch({ changes: { from: 1, insert: '\ud83d' } });
  await room.settle();
  expect([view.state.doc.toString(), document.text, serverText()]).toEqual(['ab', 'ab', 'ab']);
});

test('edits that the server refuses go from the editor again', async () => {
  const { view } = await edit(ada, { initialText: 'kept' });
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'invalid_operation' : undefined);
  view.dispatch({ changes: { from: 4, insert: ' lost' } });
  await room.settle();
  expect(view.state.doc.toString()).toBe('kept');
});

test('who may only read has an editor that is read-only', async () => {
  room.hub.document('doc').role = 'viewer';
  const { view } = await edit(ada);
  expect(view.state.readOnly).toBe(true);
});

test('the own selection is told while the editor has the focus', async () => {
  const { view } = await edit(ada, { initialText: 'some text' });
  vi.spyOn(view, 'hasFocus', 'get').mockReturnValue(true);
  view.dispatch({ selection: EditorSelection.range(5, 9) });
  await room.settle();
  expect(room.hub.callsOf('UpdateSelection')).toMatchObject([{ selection: { ranges: [{ anchor: 5, head: 9 }] } }]);
});

test("others' changes in the line of a composition wait for its end, those elsewhere do not", async () => {
  const { view } = await edit(ada, { initialText: 'one\ntwo' });
  view.dispatch({ selection: EditorSelection.cursor(7) });
  view.contentDOM.dispatchEvent(new CompositionEvent('compositionstart'));
  room.hub.commitAs('bob', 'doc', ['1', 7]);
  room.hub.commitAs('bob', 'doc', [5, '2', 3]);
  room.hub.commitAs('bob', 'doc', ['3', 9]);
  view.dispatch({ changes: { from: 7, insert: '!' } });
  await room.settle(15_000);
  expect([view.state.doc.toString(), serverText()]).toEqual(['1one\ntwo!', '31one\n2two!']);
  expect(room.hub.callsOf('GetOperations')).toEqual([]);
  view.contentDOM.dispatchEvent(new CompositionEvent('compositionend'));
  await room.settle();
  expect(view.state.doc.toString()).toBe('31one\n2two!');
});

test('rich text is refused', async () => {
  const document = await ada.open();
  vi.spyOn(document, 'contentType', 'get').mockReturnValue('richText');
  expect(() => collaboration(document)).toThrow(TypeError);
});

test('editors with random edits agree with each other and with the server', async () => {
  const random = randomFrom(7);
  const editors = [
    await edit(ada, { initialText: 'a\r\nb' }),
    await edit(room.guest('bob')),
    await edit(room.guest('carol')),
  ];
  for (let step = 0; step < 120; step++) {
    const { view } = editors[random(3)] as { view: EditorView };
    const from = random(view.state.doc.length + 1);
    const to = Math.min(view.state.doc.length, from + random(3));
    view.dispatch({ changes: { from, to, insert: ['', 'x', '\n', '😀', '\r\n'][random(5)] as string } });
    if (random(3) === 0) press(view, random(2) === 0 ? 'z' : 'y');
    await room.settle(random(5));
  }
  await room.settle(10_000);
  for (const { view, document } of editors) {
    expect(view.state.doc.toString()).toBe(serverText());
    expect(document.text).toBe(serverText());
  }
});
