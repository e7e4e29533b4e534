import type { Attributes } from '../attributes.js';
import { equalAttributes } from '../attributes.js';
import type { Embed, JsonValue } from '../component.js';
import { EMBED_PLACEHOLDER, type Document } from './document.js';

/**
 * The checksum of a document's content: 16 lower-case hexadecimal digits, equal for equal content in every client and
 * on every node. 64-bit FNV-1a (Fowler, Noll, Vo) fed with 16-bit units; docs/protocol.md says which. O(n).
 */
export function contentHash(document: Document): string {
  const hash = new UnitHash();
  const stretches: Stretch[] = [];
  let position = 0;
  hash.length(document.length);
  document.forEachRun(0, document.length, (content, attributes) => {
    const isText = typeof content === 'string';
    hash.units(isText ? content : EMBED_PLACEHOLDER);
    const length = isText ? content.length : 1;
    const last = stretches.at(-1);
    if (isText && last?.embed === undefined && last && equalAttributes(last.attributes, attributes))
      last.length += length;
    else stretches.push({ start: position, length, attributes, embed: isText ? undefined : content });
    position += length;
  });
  for (const stretch of stretches) {
    if (stretch.embed !== undefined || stretch.attributes !== undefined) feedStretch(hash, stretch);
  }
  return hash.toString();
}

interface Stretch {
  readonly start: number;
  length: number;
  readonly attributes: Attributes | undefined;
  readonly embed: Embed | undefined;
}

function feedStretch(hash: UnitHash, { start, length, attributes, embed }: Stretch): void {
  hash.length(start);
  hash.length(length);
  feedValue(hash, embed ?? null);
  const names = Object.keys(attributes ?? {}).sort();
  hash.length(names.length);
  for (const name of names) {
    feedValue(hash, name);
    feedValue(hash, attributes![name]!);
  }
}

function feedValue(hash: UnitHash, value: JsonValue): void {
  if (value === null) hash.units('n');
  else if (typeof value === 'boolean') hash.units(value ? 't' : 'f');
  else if (typeof value === 'number') hash.number(value);
  else if (typeof value === 'string') hash.string(value);
  else if (isArray(value)) {
    hash.units('[');
    hash.length(value.length);
    for (const item of value) feedValue(hash, item);
  } else {
    const names = Object.keys(value).sort();
    hash.units('{');
    hash.length(names.length);
    for (const name of names) {
      hash.string(name);
      feedValue(hash, value[name]!);
    }
  }
}

const isArray: (value: JsonValue) => value is readonly JsonValue[] = Array.isArray;

/** FNV-1a over 16-bit units; the 64 bits are held as two halves of 32, since JavaScript multiplies no more than 53 exactly. */
class UnitHash {
  #high = 0xcbf29ce4;
  #low = 0x84222325;
  readonly #double = new DataView(new ArrayBuffer(8));

  units(text: string): void {
    for (let i = 0; i < text.length; i++) this.#unit(text.charCodeAt(i));
  }

  length(length: number): void {
    this.#unit(length & 0xffff);
    this.#unit(length >>> 16);
  }

  string(text: string): void {
    this.units('s');
    this.length(text.length);
    this.units(text);
  }

  number(value: number): void {
    this.units('d');
    this.#double.setFloat64(0, value + 0, true); // minus zero is zero
    for (let offset = 0; offset < 8; offset += 2) this.#unit(this.#double.getUint16(offset, true));
  }

  toString(): string {
    const half = (bits: number): string => (bits >>> 0).toString(16).padStart(8, '0');
    return half(this.#high) + half(this.#low);
  }

  /** Times the prime, 2^40 + 0x1b3, in steps that stay within 32 bits: several times as fast as with doubles. */
  #unit(unit: number): void {
    const low = this.#low ^ unit;
    const lower = (low & 0xffff) * 0x1b3;
    const upper = (low >>> 16) * 0x1b3 + (lower >>> 16);
    this.#low = (upper << 16) | (lower & 0xffff);
    this.#high = (Math.imul(this.#high, 0x1b3) + (upper >>> 16) + (low << 8)) | 0;
  }
}
