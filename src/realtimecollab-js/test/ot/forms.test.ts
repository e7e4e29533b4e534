import { describe, expect, test } from 'vitest';
import { OperationError, TextOperation } from '../../src/ot/index.js';
import { json } from './support/vectors.js';

const accepted: readonly (readonly [what: string, input: unknown, operation: unknown])[] = [
  ['the array form', [5, 'Hello', -3], [5, 'Hello', -3]],
  ['JSON text', '[5,"Hello",-3]', [5, 'Hello', -3]],
  ['delete objects, as Quill writes them', [{ retain: 2 }, { delete: 3 }], [2, -3]],
  [
    "Quill's ops",
    { ops: [{ retain: 2 }, { insert: 'x', attributes: { bold: true } }] },
    [2, { insert: 'x', attributes: { bold: true } }],
  ],
  [
    'a list, composed',
    [
      [5, 'A'],
      [6, 'B'],
    ],
    [5, 'AB'],
  ],
  [
    'a list whose first ends early',
    [
      [1, 'A'],
      [5, 'B'],
    ],
    [1, 'A', 3, 'B'],
  ],
  ['a list of one', [[5, 'A']], [5, 'A']],
  ['a positional insert', { type: 'insert', position: 10, content: 'Hello' }, [10, 'Hello']],
  ['a positional insert at the start', { type: 'insert', position: 0, content: 'Hello' }, ['Hello']],
  [
    'a positional insert of an embed',
    { type: 'insert', position: 1, content: { image: 'a.png' } },
    [1, { insert: { image: 'a.png' } }],
  ],
  [
    'a positional insert with attributes',
    { type: 'insert', position: 0, content: 'x', attributes: { bold: true } },
    [{ insert: 'x', attributes: { bold: true } }],
  ],
  ['a positional delete', { type: 'delete', position: 10, length: 3 }, [10, -3]],
  ['a positional delete with nulls', { type: 'delete', position: 10, length: 3, content: null }, [10, -3]],
  ['a positional delete that says what it deletes', { type: 'delete', position: 1, length: 2, content: 'xy' }, [1, -2]],
  ['a positional insert that says its length', { type: 'insert', position: 0, length: 2, content: 'xy' }, ['xy']],
  [
    'a list of positional objects',
    [
      { type: 'insert', position: 0, content: 'ab' },
      { position: 1, type: 'delete', length: 1 },
    ],
    ['a'],
  ],
  ["a list of Quill's", [{ ops: ['a'] }, { ops: [1, 'b'] }], ['ab']],
  ['a positional retain', { type: 'retain', position: 10, length: 3 }, [13]],
  [
    'a positional format',
    { type: 'format', position: 1, length: 3, attributes: { bold: null } },
    [1, { retain: 3, attributes: { bold: null } }],
  ],
];

const refused: readonly (readonly [what: string, input: unknown, reason: string])[] = [
  ['ops that are no array', { ops: 'x' }, 'not-array'],
  ['something beside ops', { ops: [], more: 1 }, 'unknown-field'],
  ['a list with something else in it', [['x'], 5], 'not-array'],
  ['a list in a list', [[['x']]], 'component-type'],
  ['a list whose sum is too long', [[2147483647], ['x']], 'number-out-of-range'],
  ['an unknown type', { type: 'move', position: 1 }, 'positional'],
  ['no position', { type: 'delete', length: 1 }, 'positional'],
  ['a negative position', { type: 'delete', position: -1, length: 1 }, 'positional'],
  ['a broken position', { type: 'delete', position: 0.5, length: 1 }, 'number-not-integer'],
  ['no content', { type: 'insert', position: 0 }, 'empty-insert'],
  ['a type that is no string', { type: 1, position: 0 }, 'component-type'],
  ['an insert of another length than it says', { type: 'insert', position: 0, content: 'x', length: 2 }, 'positional'],
  ['a delete with attributes', { type: 'delete', position: 0, length: 1, attributes: { bold: true } }, 'unknown-field'],
  ['a retain with content', { type: 'retain', position: 0, length: 1, content: 'x' }, 'positional'],
  ['a length of zero', { type: 'delete', position: 0, length: 0 }, 'zero-length'],
  ['a negative length', { type: 'delete', position: 0, length: -1 }, 'positional'],
  ['a format without attributes', { type: 'format', position: 0, length: 1 }, 'positional'],
  [
    'a delete of other content than its length',
    { type: 'delete', position: 0, length: 1, content: 'xy' },
    'positional',
  ],
  ['a member that there is not', { type: 'delete', position: 0, length: 1, size: 1 }, 'unknown-field'],
  ['a negative delete', [{ delete: -1 }], 'negative-delete'],
  ['undefined', undefined, 'not-array'],
  ['an attribute that is undefined', [{ retain: 1, attributes: { bold: undefined } }], 'attribute-value-type'],
  ['a function in an embed', [{ insert: { chart: () => 1 } }], 'embed-shape'],
  ['a name of 65 units', [{ retain: 1, attributes: { ['n'.repeat(65)]: 1 } }], 'attribute-name'],
];

describe('parse', () => {
  test.each(accepted)('reads %s', (_, input, operation) => {
    expect(json(TextOperation.parse(input))).toEqual(operation);
  });

  test.each(refused)('refuses %s', (_, input, reason) => {
    expect(() => TextOperation.parse(input)).toThrow(expect.objectContaining({ name: 'OperationError', reason }));
  });

  test.each(accepted.filter(([, input]) => !Array.isArray(input) || Array.isArray(input[0])).slice(1))(
    'refuses %s where only the array form is asked for',
    (_, input) => {
      expect(() => TextOperation.parseArray(input)).toThrow(OperationError);
    },
  );

  test('copies what it is given', () => {
    const attributes = { bold: true };
    const operation = TextOperation.parse([{ insert: 'x', attributes }]);
    attributes.bold = false;
    expect(json(operation)).toEqual([{ insert: 'x', attributes: { bold: true } }]);
  });

  test('takes a name of 64 units and an embed 16 deep, and no deeper one', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(TextOperation.parse([{ retain: 1, attributes: { ['n'.repeat(64)]: 1 } }]).isRich).toBe(true);
    expect(TextOperation.parse([{ insert: { x: nested(15) } }]).targetLength).toBe(1);
    expect(() => TextOperation.parse([{ insert: { x: nested(16) } }])).toThrow(
      expect.objectContaining({ reason: 'too-deep' }),
    );
  });
});
