import { equalAttributes, type Attributes } from '../attributes.js';
import type { Embed } from '../component.js';

/** The most UTF-16 code units that a chunk holds: short enough to copy for every key, long enough to keep trees low. */
const MAX_CHUNK_LENGTH = 1024;

/** A leaf of a document's tree: some text of equal attributes, or one embed. */
export class Chunk {
  readonly length: number;

  constructor(
    readonly content: string | Embed,
    readonly attributes: Attributes | undefined,
    readonly newlines: number = countNewlines(content),
  ) {
    this.length = typeof content === 'string' ? content.length : 1;
  }

  /** The units from `from` to `to`, or nothing if there are none. */
  slice(from: number, to: number): readonly Chunk[] {
    if (from >= to) return [];
    if (typeof this.content !== 'string' || to - from === this.length) return [this];
    return [new Chunk(this.content.slice(from, to), this.attributes)];
  }

  /** This chunk and the next in one, or undefined if they differ in kind or attributes or would be too long. */
  join(next: Chunk, limit: number = MAX_CHUNK_LENGTH): Chunk | undefined {
    if (typeof this.content !== 'string' || typeof next.content !== 'string') return undefined;
    if (this.length + next.length > limit || !equalAttributes(this.attributes, next.attributes)) return undefined;
    return new Chunk(this.content + next.content, this.attributes, this.newlines + next.newlines);
  }

  /** This chunk with the units from `from` to `to` replaced, cut into as many chunks as it takes. */
  splice(from: number, to: number, chunks: readonly Chunk[]): readonly Chunk[] {
    if (chunks.length <= 1 && typeof this.content === 'string') {
      const edited = this.#edit(from, to, this.content, chunks[0]);
      if (edited !== undefined) return [edited];
    }
    return joinNeighbours([...this.slice(0, from), ...chunks, ...this.slice(to, this.length)]);
  }

  /** The usual case, an edit that leaves one chunk, without taking the text apart. */
  #edit(from: number, to: number, text: string, inserted: Chunk | undefined): Chunk | undefined {
    const length = this.length - (to - from) + (inserted?.length ?? 0);
    if (length === 0 || length > MAX_CHUNK_LENGTH) return undefined;
    if (inserted === undefined) {
      const newlines = this.newlines - (this.newlines === 0 ? 0 : countNewlines(text.slice(from, to)));
      return new Chunk(text.slice(0, from) + text.slice(to), this.attributes, newlines);
    }
    if (typeof inserted.content !== 'string' || !equalAttributes(this.attributes, inserted.attributes))
      return undefined;
    const kept = this.newlines - (from === to || this.newlines === 0 ? 0 : countNewlines(text.slice(from, to)));
    return new Chunk(
      text.slice(0, from) + inserted.content + text.slice(to),
      this.attributes,
      kept + inserted.newlines,
    );
  }
}

/** Cuts content into chunks. */
export function chunksOf(content: string | Embed, attributes: Attributes | undefined): readonly Chunk[] {
  if (typeof content !== 'string' || content.length <= MAX_CHUNK_LENGTH) return [new Chunk(content, attributes)];
  const chunks: Chunk[] = [];
  const length = MAX_CHUNK_LENGTH / 2; // leaves room for edits
  for (let start = 0; start < content.length; start += length) {
    chunks.push(new Chunk(content.slice(start, start + length), attributes));
  }
  return chunks;
}

/** Joins neighbours that fit into one chunk. */
export function joinNeighbours(chunks: readonly Chunk[], limit: number = MAX_CHUNK_LENGTH): readonly Chunk[] {
  const joined: Chunk[] = [];
  for (const chunk of chunks) {
    const both = joined.at(-1)?.join(chunk, limit);
    if (both === undefined) joined.push(chunk);
    else joined[joined.length - 1] = both;
  }
  return joined;
}

function countNewlines(content: string | Embed): number {
  if (typeof content !== 'string') return 0;
  let count = 0;
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) count++;
  return count;
}
