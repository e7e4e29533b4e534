import fc from 'fast-check';
import { expect } from 'vitest';
import { diff, Document, transformSelection, UndoManager } from '../../../src/ot/index.js';
import { operationOf, plain, type Kind } from '../support/arbitraries.js';
import { editLargeDocument } from './largeDocument.js';

/** The laws of what surrounds the algebra: selections, undo. */
export function editingLaws({ document, steps }: Kind): Record<string, fc.IProperty<unknown>> {
  return {
    'a selection stays in the document, its ends in order': fc.property(
      document,
      steps,
      fc.nat(),
      fc.nat(),
      (start, walk, from, to) => {
        const operation = operationOf(start, walk);
        const [low, high] = [from % (start.length + 1), to % (start.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const [range] = transformSelection({ ranges: [{ anchor: low, head: high }] }, operation).ranges;
        expect(range?.anchor).toBeGreaterThanOrEqual(0);
        expect(range?.head).toBeGreaterThanOrEqual(range?.anchor ?? NaN);
        expect(range?.head).toBeLessThanOrEqual(operation.targetLength);
      },
    ),
    'undo of everything restores the start, redo the end': fc.property(
      document,
      fc.array(fc.tuple(steps, fc.nat({ max: 2000 })), { maxLength: 12 }),
      (start, edits) => {
        let time = 0;
        const undo = new UndoManager({ now: () => time });
        let current = start;
        for (const [walk, pause] of edits) {
          time += pause;
          const operation = operationOf(current, walk);
          undo.applyLocal(operation, current);
          current = current.apply(operation);
        }
        const end = current.toContent();
        for (let back = undo.undo(current); back !== null; back = undo.undo(current)) current = current.apply(back);
        expect(current.toContent()).toEqual(start.toContent());
        for (let again = undo.redo(current); again !== null; again = undo.redo(current)) current = current.apply(again);
        expect(current.toContent()).toEqual(end);
      },
    ),
  };
}

/** Laws that plain text alone has. */
export const textLaws: Record<string, fc.IProperty<unknown>> = {
  'diff: makes the new text of the old one, and cuts no surrogate pair': fc.property(
    plain.document,
    plain.document,
    (from, to) => {
      const operation = diff(from.toString(), to.toString());
      expect(from.apply(operation).toString()).toBe(to.toString());
    },
  ),
  'diff: of large texts too, within its budget': fc.property(fc.integer(), fc.nat({ max: 20 }), (seed, edits) => {
    const [before, after] = editLargeDocument(seed, 9_000, edits);
    expect(Document.fromText(before).apply(diff(before, after)).toString()).toBe(after);
  }),
  'a large document is the text that it should be, its lines and columns too': fc.property(fc.integer(), (seed) => {
    editLargeDocument(seed, 20_000, 30);
  }),
};
