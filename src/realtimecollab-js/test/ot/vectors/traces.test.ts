import { expect, test } from 'vitest';
import { Document, TextOperation } from '../../../src/ot/index.js';
import { readTrace } from '../support/vectors.js';

test.each(['trace-automerge-paper.json.gz', 'trace-sveltecomponent.json.gz'])('%s replays edit by edit', (file) => {
  const { startContent, endContent, edits } = readTrace(file);
  let document = Document.fromText(startContent);
  for (const [position, deleted, inserted] of edits) {
    document = document.apply(TextOperation.replace(document.length, position, deleted, inserted));
  }
  expect(document.toString()).toBe(endContent);
  expect(document.lineCount).toBe(endContent.split('\n').length);
});
