import { beforeEach, describe, expect, test } from 'vitest';
import { Document, UndoManager, type TextOperation } from '../../src/ot/index.js';
import { json, op } from './support/vectors.js';

let time = 0;
let undo: UndoManager;
let document: Document;

function edit(components: unknown): void {
  undo.applyLocal(op(components), document);
  document = document.apply(op(components));
}

function remote(components: unknown): void {
  undo.applyRemote(op(components));
  document = document.apply(op(components));
}

function apply(operation: TextOperation | null): unknown {
  if (operation !== null) document = document.apply(operation);
  return document.toContent();
}

beforeEach(() => {
  time = 0;
  undo = new UndoManager({ now: () => time });
  document = Document.fromText('');
});

describe('grouping', () => {
  test('typing on is one step', () => {
    edit(['a']);
    edit([1, 'b']);
    edit([2, 'c']);
    expect(apply(undo.undo(document))).toBe('');
    expect(undo.canUndo).toBe(false);
    expect(apply(undo.redo(document))).toBe('abc');
  });

  test('deleting on is one step, forwards and backwards', () => {
    document = Document.fromText('abcd');
    edit([1, -1, 2]);
    edit([1, -1, 1]);
    edit([-1, 1]);
    expect(document.toString()).toBe('d');
    expect(apply(undo.undo(document))).toBe('abcd');
  });

  test.each([
    ['a pause', () => (time += 500), [1, 'b']],
    ['another place', () => undefined, ['b', 1]],
    ['another kind', () => undefined, [-1]],
    ['a replacement', () => undefined, ['b', -1]],
    ['a closed group', () => undo.endStep(), [1, 'b']],
  ])('%s starts a new step', (_, between, second) => {
    edit(['a']);
    between();
    edit(second);
    expect(apply(undo.undo(document))).toBe('a');
    expect(apply(undo.undo(document))).toBe('');
  });

  test('less than half a second between two keystrokes keeps the step open', () => {
    edit(['a']);
    time += 499;
    edit([1, 'b']);
    time += 499;
    edit([2, 'c']);
    expect(apply(undo.undo(document))).toBe('');
  });

  test('typing formatted text on is one step, an embed is its own', () => {
    document = Document.fromContent([]);
    edit([{ insert: 'a', attributes: { bold: true } }]);
    edit([1, { insert: 'b', attributes: { bold: true } }]);
    edit([2, { insert: { image: 'x' } }]);
    expect(apply(undo.undo(document))).toEqual([{ insert: 'ab', attributes: { bold: true } }]);
    expect(apply(undo.undo(document))).toEqual([]);
  });

  test('an edit of somebody else does not end the step, and moves where it goes on', () => {
    edit(['a']);
    remote(['zz', 1]);
    edit([3, 'b']);
    expect(apply(undo.undo(document))).toBe('zz');
  });
});

describe('beside others', () => {
  test('only the own edits are taken back', () => {
    edit(['mine']);
    remote([2, 'THEIRS', 2]);
    expect(apply(undo.undo(document))).toBe('THEIRS');
    expect(apply(undo.redo(document))).toContain('THEIRS');
  });

  test('a step whose text somebody else has deleted is passed over', () => {
    edit(['a']);
    undo.endStep();
    edit([1, 'b']);
    remote([1, -1]);
    expect(apply(undo.undo(document))).toBe('');
    expect(undo.canUndo).toBe(false);
    expect(undo.undo(document)).toBeNull();
  });

  test('formatting that somebody else has set since stays', () => {
    document = Document.fromContent(['ab']);
    edit([{ retain: 2, attributes: { color: 'red' } }]);
    remote([{ retain: 1, attributes: { color: 'blue' } }, 1]);
    expect(apply(undo.undo(document))).toEqual([{ insert: 'a', attributes: { color: 'blue' } }, 'b']);
  });

  test('undo does not take away formatting that was never its own', () => {
    document = Document.fromContent(['ab']);
    edit([{ retain: 2, attributes: { bold: true } }]);
    remote([{ retain: 2, attributes: { italic: true } }]);
    expect(apply(undo.undo(document))).toEqual([{ insert: 'ab', attributes: { italic: true } }]);
  });
});

describe('steps', () => {
  test('a new edit ends what can be redone', () => {
    edit(['a']);
    apply(undo.undo(document));
    expect(undo.canRedo).toBe(true);
    edit(['b']);
    expect([undo.canRedo, undo.redo(document)]).toEqual([false, null]);
  });

  test('an edit that changes nothing is no step', () => {
    edit(['a']);
    apply(undo.undo(document));
    edit([]);
    expect([undo.canUndo, undo.canRedo]).toEqual([false, true]);
  });

  test('the oldest steps go when there are too many', () => {
    undo = new UndoManager({ now: () => time, limit: 2 });
    for (const components of [['a'], ['b', 1], ['c', 2]]) edit(components);
    apply(undo.undo(document));
    expect(apply(undo.undo(document))).toBe('a');
    expect(undo.undo(document)).toBeNull();
  });

  test('at least one step has to be kept', () => {
    expect(() => new UndoManager({ limit: 0 })).toThrow(RangeError);
  });

  test('an operation of others that does not fit is refused, and nothing is lost', () => {
    edit(['a']);
    expect(() => undo.applyRemote(op([5]))).toThrow(expect.objectContaining({ reason: 'base-length' }));
    remote(['b', 1]);
    expect(() => undo.applyRemote(op([1, 'c']))).toThrow(expect.objectContaining({ reason: 'base-length' }));
    expect(apply(undo.undo(document))).toBe('b');
  });

  test('a document that the manager was not told of is refused, and nothing is lost', () => {
    edit(['a']);
    expect(() => undo.undo(Document.fromText('another'))).toThrow(expect.objectContaining({ reason: 'base-length' }));
    expect(json(undo.undo(document))).toEqual([-1]);
  });
});
