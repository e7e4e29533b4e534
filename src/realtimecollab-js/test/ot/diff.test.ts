import { describe, expect, test } from 'vitest';
import { diff, Document } from '../../src/ot/index.js';
import { json } from './support/vectors.js';

function expectDiff(from: string, to: string): unknown {
  const operation = diff(from, to);
  expect(Document.fromText(from).apply(operation).toString()).toBe(to);
  return json(operation);
}

describe('diff', () => {
  test.each([
    ['nothing', '', '', []],
    ['what is equal', 'abc', 'abc', [3]],
    ['an insert', 'ac', 'abc', [1, 'b', 1]],
    ['a delete', 'abc', 'ac', [1, -1, 1]],
    ['two places', 'one two three', 'one 2 three!', [4, '2', -3, 6, '!']],
    ['pairs with one half in common, in front', '😀', '😁', ['😁', -2]],
    ['pairs with one half in common, behind', '\u{1f600}', '\u{1fa00}', ['\u{1fa00}', -2]],
    ['a pair inside text', 'a😀b', 'a😁b', [1, '😁', -2, 1]],
  ])('finds %s', (_, from, to, expected) => {
    expect(expectDiff(from, to)).toEqual(expected);
  });

  test('finds small changes far apart in a large text', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`);
    const changed = lines.map((line, index) => (index === 3 || index === 4990 ? `${line}!` : line));
    const components = expectDiff(lines.join('\n'), changed.join('\n')) as readonly unknown[];
    expect(components.filter((component) => typeof component === 'string')).toEqual(['!', '!']);
  });

  test('replaces large texts that have nothing in common, without comparing each unit with each', () => {
    const [from, to] = ['ab\n'.repeat(200_000), 'cd\n'.repeat(200_000)];
    expect(expectDiff(from, to)).toHaveLength(3);
  });

  test('refuses a text with half of a surrogate pair', () => {
    expect(() => diff('', 'a\ud83d')).toThrow(expect.objectContaining({ reason: 'lone-surrogate' }));
  });
});
