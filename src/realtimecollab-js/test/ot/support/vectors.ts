import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Document, TextOperation } from '../../../src/ot/index.js';

const folder = new URL('../../../../../tests/vectors/', import.meta.url);

/** The rows of a `.jsonl` file of vectors, as the README beside them describes them. */
export function readVectors<Row>(file: string): Row[] {
  const rows = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
  return rows.map((row) => JSON.parse(row) as Row);
}

/** An editing trace: each edit is a position, how many units go, and the text that comes. */
export interface Trace {
  readonly startContent: string;
  readonly endContent: string;
  readonly edits: readonly (readonly [position: number, deleted: number, inserted: string])[];
}

export function readTrace(file: string): Trace {
  return JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString('utf8')) as Trace;
}

/** Vectors hold canonical components in the array form only. */
export function op(components: unknown): TextOperation {
  return TextOperation.parseArray(components);
}

export function doc(content: unknown): Document {
  return Document.fromContent(content);
}

/** As plain JSON, so that what is compared is what would be sent. */
export function json(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
