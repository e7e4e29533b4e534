import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Document, documentDiff } from '../../src/ot/index.js';
import { json } from './support/vectors.js';

const bold = { bold: true };
const image = (name: string) => ({ insert: { image: name } });

test.each([
  ['plain text', 'one two', 'one 2', [4, '2', -3]],
  ['what is equal', ['ab', image('x')], ['ab', image('x')], [3]],
  [
    'text between what stays',
    ['a', { insert: 'bc', attributes: bold }],
    ['axx', { insert: 'bc', attributes: bold }],
    [1, 'xx', 2],
  ],
  ['attributes', ['abc'], ['a', { insert: 'b', attributes: bold }, 'c'], [1, { insert: 'b', attributes: bold }, -1, 1]],
  ['an embed', ['a', image('x'), 'b'], ['a', image('y'), 'b'], [1, image('y'), -1, 1]],
  ['an embed from its placeholder', ['\ufffc'], [image('x')], [image('x'), -1]],
  ['pairs with one half in common, in front', ['😀'], ['😁'], ['😁', -2]],
  ['pairs with one half in common, behind', ['\u{1f600}'], ['\u{1fa00}'], ['\u{1fa00}', -2]],
  ['a repeated unit once', ['aa'], ['a'], [1, -1]],
])('finds %s', (_, from, to, expected) => {
  expect(json(documentDiff(Document.fromContent(from), Document.fromContent(to)))).toEqual(expected);
});

test('leads from any document to any other', () => {
  const item = fc.oneof(
    fc.constantFrom('a', 'b', '😀', '😁'),
    fc.constantFrom('a', 'b').map((insert) => ({ insert, attributes: bold })),
    fc.constantFrom('x', 'y').map(image),
  );
  const content = fc.array(item, { maxLength: 8 });
  fc.assert(
    fc.property(content, content, (from, to) => {
      const [old, renewed] = [Document.fromContent(from), Document.fromContent(to)];
      expect(old.apply(documentDiff(old, renewed)).toContent()).toEqual(renewed.toContent());
    }),
    { numRuns: 1_000 },
  );
});
