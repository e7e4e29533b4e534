import { expect, test } from 'vitest';
import { transformSelection } from '../../../src/ot/index.js';
import { doc, op, readVectors } from '../support/vectors.js';

interface SelectionRow {
  readonly id: string;
  readonly doc: string;
  readonly op: unknown;
  readonly ranges: readonly (readonly [number, number])[];
  readonly moved: readonly (readonly [number, number])[];
  readonly result: string;
}

test.each(readVectors<SelectionRow>('selection.jsonl').map((row) => [row.id, row] as const))(
  'selection.jsonl %s',
  (_, row) => {
    const ranges = row.ranges.map(([anchor, head]) => ({ anchor, head }));
    const moved = transformSelection({ ranges }, op(row.op));
    expect(moved.ranges.map(({ anchor, head }) => [anchor, head])).toEqual(row.moved);
    expect(doc(row.doc).apply(op(row.op)).toContent()).toBe(row.result);
  },
);
