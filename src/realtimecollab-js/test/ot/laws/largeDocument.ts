import { expect } from 'vitest';
import { Document, TextOperation } from '../../../src/ot/index.js';
import { randomFrom, type Random } from '../support/random.js';

/**
 * Edits a document of about `length` units at random, inserts and deletes from one unit to thousands, and checks it
 * against a string that has the same edits. Returns the text before and after.
 */
export function editLargeDocument(
  seed: number,
  length: number,
  edits: number,
): readonly [before: string, after: string] {
  const random = randomFrom(seed);
  const before = randomText(random, length);
  let text = before;
  let document = Document.fromText(text);
  for (let edit = 0; edit < edits; edit++) {
    const size = random(8) === 0 ? 3000 : 5;
    const position = random(text.length + 1);
    const deleted = random(2) === 0 ? 0 : random(Math.min(size, text.length - position) + 1);
    const inserted = random(2) === 0 ? '' : randomText(random, size);
    document = document.apply(TextOperation.replace(text.length, position, deleted, inserted));
    text = text.slice(0, position) + inserted + text.slice(position + deleted);
    checkPlaces(document, text, random(text.length + 1));
  }
  expect(document.toString()).toBe(text);
  return [before, text];
}

function checkPlaces(document: Document, text: string, offset: number): void {
  const lines = text.slice(0, offset).split('\n');
  const place = { line: lines.length - 1, column: lines.at(-1)?.length ?? NaN };
  expect(document.length).toBe(text.length);
  expect(document.getLinePosition(offset)).toEqual(place);
  expect(document.getPosition(place)).toBe(offset);
  expect(document.getText(offset, Math.min(50, text.length - offset))).toBe(text.slice(offset, offset + 50));
}

function randomText(random: Random, length: number): string {
  return Array.from({ length }, () => 'abcde fgh\n'.charAt(random(10))).join('');
}
