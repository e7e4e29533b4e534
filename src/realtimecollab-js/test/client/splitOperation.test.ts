import { expect, test } from 'vitest';
import { bytesOfJson, splitOperation } from '../../src/client/document/splitOperation.js';
import { Document, TextOperation } from '../../src/ot/index.js';

function pieces(operation: TextOperation, maxBytes: number): TextOperation[] {
  const all: TextOperation[] = [];
  for (let rest: TextOperation | null = operation; rest !== null;) {
    const split = splitOperation(rest, maxBytes);
    all.push(split.first);
    rest = split.rest;
  }
  return all;
}

test('an operation that is small enough is left as it is', () => {
  const operation = TextOperation.parse([3, 'abc', -2]);
  expect(splitOperation(operation, 1000)).toEqual({ first: operation, rest: null });
});

test.each([
  ['one large insert', [2, 'x'.repeat(1000), -1, 3]],
  ['text of several bytes for each character', [2, 'é漢😀'.repeat(200), 4]],
  ['text that JSON escapes', ['"\\\u0001\n'.repeat(200), 6]],
  ['many small changes', Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? 1 : `${index}`))],
  ['deletes between inserts', Array.from({ length: 300 }, (_, index) => [1, 'ab', -1][index % 3])],
  [
    'formatted text',
    [{ insert: 'bold'.repeat(300), attributes: { bold: true } }, { retain: 3, attributes: { em: true } }, 'tail'],
  ],
])('%s: the pieces together do what the whole does, and none is too large', (_, wire) => {
  const operation = TextOperation.parse(wire);
  const content = [{ insert: 'd'.repeat(operation.baseLength) }];
  const before = operation.baseLength === 0 ? Document.fromContent([]) : Document.fromContent(content);
  const parts = pieces(operation, 256);
  expect(parts.length).toBeGreaterThan(1);
  expect(Math.max(...parts.map(bytesOfJson))).toBeLessThanOrEqual(256);
  expect(parts.reduce((document, part) => document.apply(part), before).toContent()).toEqual(
    before.apply(operation).toContent(),
  );
  expect(parts.reduce((all, part) => all.compose(part)).toJSON()).toEqual(operation.toJSON());
});

test('an embed that is too large by itself goes alone, for the server to judge', () => {
  const operation = TextOperation.parse(['before', { insert: { image: 'x'.repeat(500) } }, 'after']);
  expect(pieces(operation, 128).map((part) => part.toJSON())).toEqual([
    ['before'],
    [6, { insert: { image: 'x'.repeat(500) } }],
    [7, 'after'],
  ]);
});
