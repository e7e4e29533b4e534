import { describe, expect, test } from 'vitest';
import { Document, TextOperation } from '../../src/ot/index.js';
import { op } from './support/vectors.js';

describe('apply', () => {
  test('gives a new document and leaves the old one as a snapshot', () => {
    const before = Document.fromText('abc');
    const after = before.apply(op([1, 'x', -1, 1]));
    expect([before.toString(), after.toString()]).toEqual(['abc', 'axc']);
  });

  test('refuses formatting and embeds in plain text, and takes them in rich text', () => {
    const format = op([{ retain: 3, attributes: { bold: true } }]);
    expect(() => Document.fromText('abc').apply(format)).toThrow(expect.objectContaining({ reason: 'not-plain' }));
    expect(Document.fromContent(['abc']).apply(format).toContent()).toEqual([
      { insert: 'abc', attributes: { bold: true } },
    ]);
  });

  test('changes nothing if a later component is refused', () => {
    const document = Document.fromText('ab😀');
    expect(() => document.apply(op(['x', -2, 1, -1]))).toThrow(expect.objectContaining({ reason: 'split-surrogate' }));
    expect(document.toString()).toBe('ab😀');
  });

  test('keeps a document of ten million units whole over edits everywhere', () => {
    const line = 'The quick brown fox jumps over the lazy dog.\n';
    const count = Math.ceil(10_000_000 / line.length);
    let document = Document.fromText(line.repeat(count));
    for (let index = 0; index < count; index += 997) {
      document = document.apply(
        TextOperation.replace(document.length, document.getPosition({ line: index, column: 4 }), 5, 'slow'),
      );
    }
    const edited = Math.ceil(count / 997);
    expect(document.length).toBe(line.length * count - edited);
    expect(document.toString()).toBe(
      line
        .repeat(count)
        .split('\n')
        .map((text, index) => (text !== '' && index % 997 === 0 ? text.replace('quick', 'slow') : text))
        .join('\n'),
    );
  });

  test('finds every cut through a surrogate pair, wherever the pair lies', () => {
    const count = 3000;
    const document = Document.fromText(`a${'😀'.repeat(count)}`);
    for (let pair = 0; pair < count; pair++) {
      const inside = TextOperation.replace(document.length, 2 * pair + 2, 0, 'x');
      expect(() => document.apply(inside)).toThrow(expect.objectContaining({ reason: 'split-surrogate' }));
    }
    expect(document.apply(TextOperation.replace(document.length, 2001, 0, 'x')).getText(1999, 5)).toBe('😀x😀');
  });

  test('does not stay in crumbs when most of it is deleted', () => {
    let document = Document.fromText('x'.repeat(512 * 200));
    for (let index = 0; index < 200; index++) {
      document = document.apply(TextOperation.replace(document.length, 2 * index + 1, 510, ''));
    }
    let parts = 0;
    document.forEachRun(0, document.length, () => parts++);
    expect(parts).toBeLessThan(20);
  });

  test('shrinks to nothing and grows again', () => {
    let document = Document.fromText('x'.repeat(100_000));
    while (document.length > 0)
      document = document.apply(TextOperation.replace(document.length, 0, Math.min(document.length, 777), ''));
    expect(document.apply(op(['again'])).toString()).toBe('again');
  });
});

describe('lines and text', () => {
  const document = Document.fromText('ab\n\ncd');

  test.each([
    [0, 0, 0],
    [2, 0, 2],
    [3, 1, 0],
    [4, 2, 0],
    [6, 2, 2],
  ])('offset %i is line %i, column %i', (offset, line, column) => {
    expect(document.getLinePosition(offset)).toEqual({ line, column });
    expect(document.getPosition({ line, column })).toBe(offset);
  });

  test('what is outside is refused', () => {
    expect(() => document.getLinePosition(7)).toThrow(RangeError);
    expect(() => document.getLinePosition(-1)).toThrow(RangeError);
    expect(() => document.getPosition({ line: 0, column: 3 })).toThrow(RangeError);
    expect(() => document.getPosition({ line: 3, column: 0 })).toThrow(RangeError);
    expect(() => document.getText(5, 2)).toThrow(RangeError);
    expect(() => document.getText(-1, 2)).toThrow(RangeError);
  });
});

describe('content', () => {
  test('an embed stands in the text as one character, so that offsets agree', () => {
    const document = Document.fromContent(['a', { insert: { image: 'x' } }, 'b']);
    expect(document.toString()).toBe('a\ufffcb');
    expect(document.length).toBe(3);
  });

  test.each([
    ['a delete', [-1], 'content-type'],
    ['a retain', ['a', 1], 'content-type'],
    ['an object', { insert: 'x' }, 'content-type'],
    ['half of a surrogate pair', '\ud83d', 'lone-surrogate'],
  ])('refuses %s', (_, content, reason) => {
    expect(() => Document.fromContent(content)).toThrow(expect.objectContaining({ reason }));
  });
});
