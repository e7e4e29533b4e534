import { describe, expect, test } from 'vitest';
import { OperationError, TextOperation } from '../../../src/ot/index.js';
import { doc, json, op, readVectors } from '../support/vectors.js';

interface InvalidRow {
  readonly id: string;
  readonly kind: 'read' | 'apply' | 'compose' | 'transform';
  readonly reason: string;
  readonly why: string;
  readonly doc: unknown;
  readonly wire: string;
  readonly a: unknown;
  readonly b: unknown;
}

interface CanonicalRow {
  readonly id: string;
  readonly why: string;
  readonly doc: unknown;
  readonly wire: string;
  readonly op: unknown;
  readonly result: unknown;
}

function refusalOf(row: InvalidRow): unknown {
  try {
    if (row.kind === 'read') TextOperation.parseArray(row.wire);
    else if (row.kind === 'apply') applyTo(row.doc, TextOperation.parseArray(row.wire));
    else if (row.kind === 'compose') op(row.a).compose(op(row.b));
    else TextOperation.transform(op(row.a), op(row.b));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A few rows format text that is given as a string: it is the surrogate pair that is at fault, not the formatting. */
function applyTo(content: unknown, operation: TextOperation): void {
  doc(operation.isRich && typeof content === 'string' ? [content] : content).apply(operation);
}

describe('invalid.jsonl', () => {
  test.each(readVectors<InvalidRow>('invalid.jsonl').map((row) => [row.id, row.why, row] as const))(
    '%s: %s',
    (_, __, row) => {
      const refusal = refusalOf(row);
      expect(refusal).toBeInstanceOf(OperationError);
      expect((refusal as OperationError).reason).toBe(row.reason);
    },
  );
});

describe('canonical.jsonl', () => {
  test.each(readVectors<CanonicalRow>('canonical.jsonl').map((row) => [row.id, row.why, row] as const))(
    '%s: %s',
    (_, __, row) => {
      for (const operation of [TextOperation.parse(row.wire), TextOperation.parseArray(row.wire)]) {
        expect(json(operation)).toEqual(row.op);
        expect(doc(row.doc).apply(operation).toContent()).toEqual(row.result);
      }
    },
  );
});
