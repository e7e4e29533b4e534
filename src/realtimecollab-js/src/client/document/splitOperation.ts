import {
  isInsert,
  lengthOf,
  OperationBuilder,
  type Component,
  type FormatComponent,
  type InsertComponent,
  type TextOperation,
} from '../../ot/index.js';

/** The first piece of an operation that is too large, and what is left to do after it. */
export interface Split {
  readonly first: TextOperation;
  /** Null if nothing is left. */
  readonly rest: TextOperation | null;
}

/** Room for the retains around a piece, in bytes. */
const OVERHEAD_BYTES = 64;

const encoder = new TextEncoder();

/** The size of something in UTF-8 JSON, in bytes. */
export function bytesOfJson(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/**
 * Cuts off the first piece of an operation that is not larger than `maxBytes` as JSON. `first` and then `rest` do what
 * the operation does. Text is cut between code points; an embed that alone is too large is left whole, for the server
 * to refuse.
 */
export function splitOperation(operation: TextOperation, maxBytes: number): Split {
  // a code unit is 6 bytes at most in JSON: what is short needs no measuring
  if (operation.components.length * 12 + insertedUnits(operation) * 6 < maxBytes && !operation.isRich) {
    return { first: operation, rest: null };
  }
  if (bytesOfJson(operation) <= maxBytes) return { first: operation, rest: null };
  return cut(operation, Math.max(1, maxBytes - OVERHEAD_BYTES));
}

function cut(operation: TextOperation, maxBytes: number): Split {
  const first = new OperationBuilder();
  const rest = new OperationBuilder();
  let bytes = 0;
  let isFull = false;
  let isEmpty = true; // but for retains
  for (const component of operation.components) {
    const size = bytesOfJson(component) + 1;
    if (!isFull && bytes + size <= maxBytes) {
      append(first, component);
      skip(rest, component);
      bytes += size;
      isEmpty &&= typeof component === 'number' && component > 0;
      continue;
    }
    if (!isFull) {
      isFull = true;
      const fitting = fittingPart(component, maxBytes - bytes, isEmpty);
      if (fitting !== null) {
        append(first, fitting.head);
        skip(rest, fitting.head);
        if (fitting.tail !== null) append(rest, fitting.tail);
        continue;
      }
    }
    if (!isInsert(component)) first.retain(lengthOf(component));
    append(rest, component);
  }
  const remaining = rest.build();
  return { first: first.build(), rest: remaining.isNoop ? null : remaining };
}

/** As much of an insert as fits; of what cannot be cut nothing, unless `must` keeps the operation from never going on. */
function fittingPart(
  component: Component,
  bytes: number,
  must: boolean,
): { head: Component; tail: Component | null } | null {
  const text = typeof component === 'string' ? component : isInsert(component) ? component.insert : undefined;
  if (typeof text !== 'string') return must ? { head: component, tail: null } : null;
  const attributes = typeof component === 'object' ? component.attributes : undefined;
  const frame = attributes === undefined ? 3 : bytesOfJson({ insert: '', attributes });
  const length = fittingLength(text, bytes - frame, must);
  if (length === 0) return null;
  const piece = (part: string): Component => (attributes === undefined ? part : { insert: part, attributes });
  return { head: piece(text.slice(0, length)), tail: length === text.length ? null : piece(text.slice(length)) };
}

/** How many code units of the text, cut between code points, take at most so many bytes as JSON. */
function fittingLength(text: string, bytes: number, must: boolean): number {
  let length = 0;
  let used = 0;
  while (length < text.length) {
    const codePoint = text.codePointAt(length) as number;
    used += bytesOfCodePoint(codePoint);
    if (used > bytes && !(must && length === 0)) break;
    length += codePoint > 0xffff ? 2 : 1;
  }
  return length;
}

/** Its size within a JSON string: UTF-8, or an escape. */
function bytesOfCodePoint(codePoint: number): number {
  if (codePoint < 0x20) return 6;
  if (codePoint === 0x22 || codePoint === 0x5c) return 2;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

function insertedUnits(operation: TextOperation): number {
  return operation.components.reduce<number>(
    (sum, component) => sum + (isInsert(component) ? lengthOf(component) : 0),
    0,
  );
}

function append(builder: OperationBuilder, component: Component): void {
  if (typeof component === 'string') builder.insert(component);
  else if (typeof component === 'object') appendObject(builder, component);
  else if (component > 0) builder.retain(component);
  else builder.delete(-component);
}

function appendObject(builder: OperationBuilder, component: FormatComponent | InsertComponent): void {
  if ('retain' in component) builder.retain(component.retain, component.attributes);
  else builder.insert(component.insert, component.attributes);
}

/** Goes past what the component leaves in the document. */
function skip(builder: OperationBuilder, component: Component): void {
  if (typeof component !== 'number' || component > 0) builder.retain(lengthOf(component));
}
