import fc from 'fast-check';
import { expect } from 'vitest';
import { Document, TextOperation, UndoManager } from '../../../src/ot/index.js';

/** Somebody's edit in few numbers: whose, where, how much goes and comes; and whether somebody looks at the menu afterwards. */
const edit = fc.record({
  isMine: fc.boolean(),
  at: fc.nat(),
  deleted: fc.nat({ max: 5 }),
  inserted: fc.nat({ max: 3 }),
  looks: fc.boolean(),
});

const sorted = (letters: Iterable<string>): string => [...letters].sort().join('');

/** Laws of one user's undo among others' edits. */
export const undoLaws: Record<string, fc.IProperty<unknown>> = {
  'undo brings back what one deleted, and nothing that others deleted': fc.property(
    fc.array(edit, { maxLength: 60 }),
    (edits) => {
      // every letter is one of its own
      let next = 0x4e00;
      const letters = (count: number): string => String.fromCharCode(...Array.from({ length: count }, () => next++));
      const undo = new UndoManager({ pauseMilliseconds: 0, limit: 1000 });
      let document = Document.fromText(letters(20));
      const theirs = new Set(document.toString());
      const [mine, removedByMe, removedByOthers] = [new Set<string>(), new Set<string>(), new Set<string>()];
      for (const { isMine, at, deleted, inserted, looks } of edits) {
        const position = at % (document.length + 1);
        const length = Math.min(deleted, document.length - position);
        for (const letter of document.getText(position, length)) (isMine ? removedByMe : removedByOthers).add(letter);
        const text = letters(inserted);
        for (const letter of text) (isMine ? mine : theirs).add(letter);
        const operation = TextOperation.replace(document.length, position, length, text);
        if (isMine) undo.applyLocal(operation, document);
        else undo.applyRemote(operation);
        document = document.apply(operation);
        if (looks) expect(undo.canRedo).toBe(false);
        if (looks && undo.canUndo) expect(mine.size + removedByMe.size).toBeGreaterThan(0);
      }
      const run = (step: 'undo' | 'redo'): string => {
        for (let next = undo[step](document); next !== null; next = undo[step](document))
          document = document.apply(next);
        return sorted(document.toString());
      };
      const left = (all: Iterable<string>, ...without: Set<string>[]): string =>
        sorted([...all].filter((letter) => without.every((set) => !set.has(letter))));
      expect(run('undo')).toBe(left(theirs, removedByOthers));
      expect(run('redo')).toBe(left([...theirs, ...mine], removedByOthers, removedByMe));
    },
  ),
};
