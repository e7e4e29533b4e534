import type { AttributeValue, Attributes } from '../attributes.js';
import type { Embed, JsonValue } from '../component.js';
import { OperationError } from '../errors.js';
import { isWellFormed, MAX_LENGTH } from '../text.js';

/** How deep the data of an embed may be nested, the embed's own object included. */
export const MAX_EMBED_DEPTH = 16;

const MAX_NAME_LENGTH = 64;

/** A JSON object, its members still unread. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An integer of a magnitude up to {@link MAX_LENGTH}. */
export function readInteger(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new OperationError('component-type', `${what} must be a number`);
  if (Math.abs(value) > MAX_LENGTH) throw new OperationError('number-out-of-range', `${what} is beyond ${MAX_LENGTH}`);
  if (!Number.isInteger(value)) throw new OperationError('number-not-integer', `${what} must be an integer`);
  return value;
}

/** Text to insert: not empty, no surrogate alone. */
export function readText(value: string): string {
  if (value === '') throw new OperationError('empty-insert', 'there is nothing to insert');
  return readString(value, 'inserted text');
}

/**
 * Attributes, copied. Nulls are kept on a retain and dropped from an insert, where they say nothing; nothing left
 * over means no attributes.
 */
export function readAttributes(value: unknown, on: 'retain' | 'insert'): Attributes | undefined {
  if (!isObject(value)) throw new OperationError('attributes-type', 'attributes must be an object');
  const attributes: Record<string, AttributeValue> = {};
  let some = false;
  for (const name of Object.keys(value)) {
    checkName(name);
    const attribute = readAttributeValue(value[name]);
    if (attribute === null && on === 'insert') continue;
    attributes[name] = attribute;
    some = true;
  }
  return some ? attributes : undefined;
}

/** An embed, copied: an object of one name whose data is JSON, at most {@link MAX_EMBED_DEPTH} deep. */
export function readEmbed(value: JsonObject): Embed {
  if (Object.keys(value).length !== 1)
    throw new OperationError('embed-shape', 'an embed has exactly one name, its type');
  return readJson(value, 1) as Embed;
}

function checkName(name: string): void {
  if (name === '' || name.length > MAX_NAME_LENGTH || name === '__proto__') {
    throw new OperationError(
      'attribute-name',
      `an attribute name has 1 to ${MAX_NAME_LENGTH} characters and is not __proto__`,
    );
  }
  readString(name, 'an attribute name');
}

function readAttributeValue(value: unknown): AttributeValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return readString(value, 'an attribute value');
  if (typeof value === 'number') return readFinite(value);
  throw new OperationError('attribute-value-type', 'an attribute value is a string, a number, a boolean or null');
}

function readJson(value: unknown, depth: number): JsonValue {
  if (typeof value === 'string') return readString(value, 'an embed');
  if (typeof value === 'number') return readFinite(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') throw new OperationError('embed-shape', 'an embed must be JSON');
  if (depth > MAX_EMBED_DEPTH) throw new OperationError('too-deep', `an embed nests at most ${MAX_EMBED_DEPTH} deep`);
  if (Array.isArray(value)) return value.map((item) => readJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (name === '__proto__') throw new OperationError('embed-shape', 'a name in an embed must not be __proto__');
      return [readString(name, 'a name in an embed'), readJson(item, depth + 1)];
    }),
  );
}

function readFinite(value: number): number {
  if (!Number.isFinite(value)) throw new OperationError('number-out-of-range', 'a number must be finite');
  return value === 0 ? 0 : value; // -0 has no spelling of its own in JSON
}

function readString(value: string, what: string): string {
  if (!isWellFormed(value)) throw new OperationError('lone-surrogate', `${what} holds half of a surrogate pair`);
  return value;
}
