import { expect, test } from 'vitest';
import { contentHash, Document, TextOperation } from '../../../src/ot/index.js';
import { readVectors } from '../support/vectors.js';

interface ContentHashRow {
  readonly id: string;
  readonly content: unknown;
  readonly hash: string;
}

test.each(readVectors<ContentHashRow>('content-hash.jsonl').map((row) => [row.id, row] as const))(
  'content-hash.jsonl %s',
  (_, row) => {
    const document =
      typeof row.content === 'string' ? Document.fromText(row.content) : Document.fromContent(row.content);
    expect(contentHash(document)).toBe(row.hash);
  },
);

test('a document grown by operations has the hash of its content', () => {
  let document = Document.fromContent(['Hello']);
  for (let i = 0; i < 2_000; i++) {
    const at = ((i * 7919) % document.length) + 1;
    const format = i % 3 === 0 ? [{ retain: at, attributes: { bold: i % 2 === 0 } }] : at > 0 ? [at] : [];
    document = document.apply(TextOperation.parse([...format, `${i}`]).completeTo(document.length));
  }
  expect(contentHash(document)).toBe(contentHash(Document.fromContent(document.toContent())));
});
