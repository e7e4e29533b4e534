import { describe, expect, test } from 'vitest';
import { TextOperation } from '../../../src/ot/index.js';
import { doc, json, op, readVectors } from '../support/vectors.js';

interface CoreRow {
  readonly id: string;
  readonly kind?: string;
  readonly doc: unknown;
  readonly result: unknown;
  readonly [field: string]: unknown;
}

const checks: Readonly<Record<string, (row: CoreRow) => void>> = {
  apply: (row) => {
    const operation = op(row['op']);
    expect(json(operation)).toEqual(row['op']);
    expect(doc(row.doc).apply(operation).toContent()).toEqual(row.result);
    if (row['baseLength'] !== undefined) expect(operation.baseLength).toBe(row['baseLength']);
    if (row['targetLength'] !== undefined) expect(operation.targetLength).toBe(row['targetLength']);
  },
  compose: (row) => {
    const [a, b] = [op(row['a']), op(row['b'])];
    const composed = a.compose(b);
    const afterA = doc(row.doc).apply(a);
    expect(json(composed)).toEqual(row['composed']);
    expect(afterA.toContent()).toEqual(row['afterA']);
    expect(afterA.apply(b).toContent()).toEqual(row.result);
    expect(doc(row.doc).apply(composed).toContent()).toEqual(row.result);
  },
  transform: (row) => {
    const [a, b] = [op(row['a']), op(row['b'])];
    const [a1, b1] = TextOperation.transform(a, b, 'a');
    expect(json([a1, b1])).toEqual([row['a1'], row['b1']]);
    expect(json([a.transformOver(b), b.transformUnder(a)])).toEqual([row['a1'], row['b1']]);
    expect(doc(row.doc).apply(a).apply(b1).toContent()).toEqual(row.result);
    expect(doc(row.doc).apply(b).apply(a1).toContent()).toEqual(row.result);
    expect(a.compose(b1).equals(b.compose(a1))).toBe(true);
  },
  invert: (row) => {
    const before = doc(row.doc);
    const inverse = op(row['op']).invert(before);
    const after = before.apply(op(row['op']));
    expect(json(inverse)).toEqual(row['inverse']);
    expect(after.toContent()).toEqual(row.result);
    expect(after.apply(inverse).toContent()).toEqual(row.doc);
  },
};

const files = ['ot-plain', 'rich-delta'].flatMap((kind) =>
  Object.keys(checks).map((check) => [`${kind}-${check}.jsonl`, check] as const),
);

describe.each([...files, ['rich-embeds.jsonl', undefined] as const])('%s', (file, check) => {
  test.each(readVectors<CoreRow>(file).map((row) => [row.id, row] as const))('%s', (_, row) => {
    const run = checks[check ?? row.kind ?? ''];
    if (run === undefined) throw new Error(`there is no check of the kind ${row.kind}`);
    run(row);
  });
});
