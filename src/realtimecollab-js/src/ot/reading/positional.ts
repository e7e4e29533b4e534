import { OperationError } from '../errors.js';
import { ComponentWriter } from '../writer.js';
import { readCount, readInsert } from './components.js';
import { readAttributes, readInteger, type JsonObject } from './values.js';

const fields = new Set(['type', 'position', 'content', 'length', 'attributes']);

/**
 * Reads the positional form, one change given by its place: `{ type: 'insert', position, content, attributes? }`,
 * `{ type: 'delete', position, length }`, `{ type: 'format', position, length, attributes }`, and `retain` likewise.
 * It ends where the change ends. A member that is null counts as absent; an insert's length and a delete's content may
 * be there, as in a class that has all members, and must agree.
 */
export function readPositional(value: JsonObject): ComponentWriter {
  if (Object.keys(value).some((name) => !fields.has(name))) {
    throw new OperationError('unknown-field', `a positional operation has ${[...fields].join(', ')}`);
  }
  const out = new ComponentWriter();
  out.retain(readPosition(value['position'] ?? refuse('a positional operation has a position')));
  const type = value['type'] ?? null;
  if (type === 'insert') readPositionalInsert(out, value);
  else if (type === 'delete') readPositionalDelete(out, value);
  else if (type === 'retain' || type === 'format') readPositionalRetain(out, value);
  else if (type === null || typeof type === 'string') refuse('the type is insert, delete, retain or format');
  else throw new OperationError('component-type', 'the type is a string');
  return out;
}

function readPositionalInsert(out: ComponentWriter, value: JsonObject): void {
  const start = out.targetLength;
  readInsert(out, value['content'] ?? '', value['attributes'] ?? {});
  const length = value['length'] ?? 0;
  if (length !== 0 && length !== out.targetLength - start) refuse("the length of an insert differs from its content's");
}

function readPositionalDelete(out: ComponentWriter, value: JsonObject): void {
  if (readAttributes(value['attributes'] ?? {}, 'retain') !== undefined) {
    throw new OperationError('unknown-field', 'a delete has no attributes');
  }
  const length = readRequiredLength(value);
  const content = value['content'] ?? '';
  if (content !== '' && (typeof content !== 'string' || content.length !== length)) {
    refuse('the content of a delete differs from its length');
  }
  out.delete(length);
}

function readPositionalRetain(out: ComponentWriter, value: JsonObject): void {
  const attributes = readAttributes(value['attributes'] ?? {}, 'retain');
  if ((value['content'] ?? '') !== '') refuse('a retain or format has no content');
  if (value['type'] === 'format' && attributes === undefined) refuse('a format has attributes');
  out.retain(readRequiredLength(value), attributes);
}

function readPosition(value: unknown): number {
  const position = readInteger(value, 'a position');
  return position >= 0 ? position : refuse('a position is 0 or more');
}

function readRequiredLength(value: JsonObject): number {
  return readCount(value['length'] ?? refuse('a delete, retain or format has a length'), 'positional');
}

function refuse(message: string): never {
  throw new OperationError('positional', message);
}
