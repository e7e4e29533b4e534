import { describe, expect, test } from 'vitest';
import { Document, OperationBuilder, TextOperation } from '../../src/ot/index.js';
import { json, op } from './support/vectors.js';

describe('transform', () => {
  test('over a composition is not the composition of transforms, so logs are walked one at a time', () => {
    const a = op([1, 'A']);
    const [first, second] = [op([1, 'B']), op([-1, 1])];
    const document = Document.fromText('x').apply(first).apply(second);
    const oneAtATime = a.transformOver(first).transformOver(second);
    const atOnce = a.transformOver(first.compose(second));
    expect(document.apply(oneAtATime).toString()).toBe('AB');
    expect(document.apply(atOnce).toString()).toBe('BA');
  });

  test('puts the insert of the winner to the left', () => {
    const [a, b] = [op([1, 'A', 1]), op([1, 'B', 1])];
    expect(json(TextOperation.transform(a, b, 'a'))).toEqual([
      [1, 'A', 2],
      [2, 'B', 1],
    ]);
    expect(json(TextOperation.transform(a, b, 'b'))).toEqual([
      [2, 'A', 1],
      [1, 'B', 2],
    ]);
  });

  test('takes attributes that both set from the loser, be they set to null or to the same', () => {
    const a = op([{ retain: 1, attributes: { bold: null, size: 1 } }]);
    const b = op([{ retain: 1, attributes: { bold: true, size: 1, color: 'red' } }]);
    expect(json(TextOperation.transform(a, b))).toEqual([json(a), [{ retain: 1, attributes: { color: 'red' } }]]);
  });
});

describe('completeTo', () => {
  test('adds a retain to what ends early, and leaves the original alone', () => {
    const short = op([1, 'x', 1]);
    expect(json(short.completeTo(5))).toEqual([1, 'x', 4]);
    expect(json(short)).toEqual([1, 'x', 1]);
    expect(short.completeTo(2)).toBe(short);
  });

  test('refuses what reaches past the end', () => {
    expect(() => op([3]).completeTo(2)).toThrow(expect.objectContaining({ reason: 'base-length' }));
  });
});

describe('replace', () => {
  test('is an insert and a delete at a place', () => {
    expect(json(TextOperation.replace(10, 2, 3, 'x'))).toEqual([2, 'x', -3, 5]);
    expect(json(TextOperation.replace(0, 0, 0, 'x'))).toEqual(['x']);
    expect(TextOperation.replace(3, 1, 0, '').isNoop).toBe(true);
  });

  test.each([
    [3, 4, 0],
    [3, -1, 0],
    [3, 2, 2],
    [3, 2, -1],
    [NaN, 0, 0],
  ])('refuses what is not in the document: length %d, position %d, deleted %d', (length, position, deleted) => {
    expect(() => TextOperation.replace(length, position, deleted, 'x')).toThrow(
      expect.objectContaining({ reason: 'base-length' }),
    );
  });
});

test('compose refuses to cut a surrogate pair that the first inserts', () => {
  expect(() => op(['😀']).compose(op([1, -1]))).toThrow(expect.objectContaining({ reason: 'split-surrogate' }));
});

test('a noop keeps everything, and a noop of no length is empty', () => {
  expect(json([TextOperation.noop(3), TextOperation.noop(0)])).toEqual([[3], []]);
  expect([TextOperation.noop(3).isNoop, TextOperation.noop(0).isNoop, op([3, 'x']).isNoop, op([-3]).isNoop]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(op([{ retain: 3, attributes: { bold: true } }]).isNoop).toBe(false);
});

test('equals compares attributes and embeds as maps', () => {
  const a = op([{ insert: { image: { w: 1, h: 2 } }, attributes: { a: 1, b: 2 } }]);
  const b = op([{ insert: { image: { h: 2, w: 1 } }, attributes: { b: 2, a: 1 } }]);
  expect(a.equals(b)).toBe(true);
  expect(a.equals(op([{ insert: { image: { h: 2, w: 2 } }, attributes: { b: 2, a: 1 } }]))).toBe(false);
});

describe('OperationBuilder', () => {
  test('drops what is empty, joins neighbours, puts inserts in front of deletes, and can go on', () => {
    const builder = new OperationBuilder().retain(0).retain(2).retain(1).delete(2).insert('').insert('x');
    const first = builder.build();
    const second = builder.insert('y').retain(1, { bold: true }).build();
    expect(json([first, second])).toEqual([
      [3, 'x', -2],
      [3, 'xy', -2, { retain: 1, attributes: { bold: true } }],
    ]);
  });

  test('refuses what no operation can hold', () => {
    const builder = new OperationBuilder();
    expect(() => builder.retain(-1)).toThrow(expect.objectContaining({ reason: 'negative-retain' }));
    expect(() => builder.delete(-1)).toThrow(expect.objectContaining({ reason: 'negative-delete' }));
    expect(() => builder.retain(1.5)).toThrow(expect.objectContaining({ reason: 'number-not-integer' }));
    expect(() => builder.insert('\ud83d')).toThrow(expect.objectContaining({ reason: 'lone-surrogate' }));
    expect(() => builder.retain(2 ** 31 - 1).retain(1)).toThrow(
      expect.objectContaining({ reason: 'number-out-of-range' }),
    );
  });
});
