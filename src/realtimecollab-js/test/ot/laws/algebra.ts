import fc from 'fast-check';
import { expect } from 'vitest';
import { TextOperation } from '../../../src/ot/index.js';
import { looseComponents, operationOf, type Kind } from '../support/arbitraries.js';
import { json } from '../support/vectors.js';

/** The laws of the algebra, for documents of one kind. */
export function algebraLaws({ document, steps }: Kind): Record<string, fc.IProperty<unknown>> {
  return {
    'transform: both ways lead to the same document (TP1)': fc.property(
      document,
      steps,
      steps,
      fc.constantFrom('a' as const, 'b' as const),
      (start, first, second, winner) => {
        const [a, b] = [operationOf(start, first), operationOf(start, second)];
        const [a1, b1] = TextOperation.transform(a, b, winner);
        expect(start.apply(a).apply(b1).toContent()).toEqual(start.apply(b).apply(a1).toContent());
        expect(json(a.compose(b1))).toEqual(json(b.compose(a1)));
        const [b2, a2] = TextOperation.transform(b, a, winner === 'a' ? 'b' : 'a');
        expect(json([a2, b2])).toEqual(json([a1, b1]));
      },
    ),
    'compose: does what both do, and is associative': fc.property(
      document,
      steps,
      steps,
      steps,
      (start, first, second, third) => {
        const a = operationOf(start, first);
        const afterA = start.apply(a);
        const b = operationOf(afterA, second);
        const afterB = afterA.apply(b);
        const c = operationOf(afterB, third);
        expect(start.apply(a.compose(b)).toContent()).toEqual(afterB.toContent());
        expect(json(a.compose(b).compose(c))).toEqual(json(a.compose(b.compose(c))));
      },
    ),
    'invert: takes an operation back': fc.property(document, steps, (start, walk) => {
      const operation = operationOf(start, walk);
      const inverse = operation.invert(start);
      expect(start.apply(operation).apply(inverse).toContent()).toEqual(start.toContent());
    }),
    'parse: what is canonical stays as it is': fc.property(document, steps, (start, walk) => {
      const once = TextOperation.parse(looseComponents(start, walk));
      expect(TextOperation.parse(once.toJSON()).equals(once)).toBe(true);
      expect(json(TextOperation.parse(once.toJSON()))).toEqual(json(once));
    }),
    'JSON: an operation survives the way there and back': fc.property(document, steps, (start, walk) => {
      const operation = operationOf(start, walk);
      const read = TextOperation.parseArray(JSON.stringify(operation));
      expect(json(read)).toEqual(json(operation));
      expect([read.baseLength, read.targetLength]).toEqual([operation.baseLength, operation.targetLength]);
      expect([start.length, start.apply(read).length]).toEqual([read.baseLength, read.targetLength]);
    }),
    'a list of operations reads as their composition': fc.property(document, steps, steps, (start, first, second) => {
      const a = operationOf(start, first);
      const b = operationOf(start.apply(a), second);
      const read = TextOperation.parse([a.toJSON(), b.toJSON()]);
      expect(json(read.completeTo(start.length))).toEqual(json(a.compose(b)));
    }),
  };
}
