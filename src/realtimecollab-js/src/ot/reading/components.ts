import { OperationError } from '../errors.js';
import { ComponentWriter } from '../writer.js';
import { isObject, readAttributes, readEmbed, readInteger, readText, type JsonObject } from './values.js';

const fields = new Set(['retain', 'insert', 'delete', 'attributes']);

/** Reads the array form of an operation, `[5, "Hello", -3]`, and brings it to canonical form. */
export function readComponents(values: readonly unknown[]): ComponentWriter {
  const out = new ComponentWriter();
  for (const value of values) readComponent(out, value);
  return out;
}

function readComponent(out: ComponentWriter, value: unknown): void {
  if (typeof value === 'number') {
    const length = readLength(value);
    if (length > 0) out.retain(length);
    else out.delete(-length);
  } else if (typeof value === 'string') {
    out.insert(readText(value));
  } else if (isObject(value)) {
    readObject(out, value);
  } else {
    throw new OperationError('component-type', 'a component is a number, a string or an object');
  }
}

function readObject(out: ComponentWriter, value: JsonObject): void {
  const names = Object.keys(value);
  const unknown = names.find((name) => !fields.has(name));
  if (unknown !== undefined)
    throw new OperationError('unknown-field', 'a component has retain, insert or delete, and attributes');
  const hasAttributes = Object.hasOwn(value, 'attributes');
  if (names.length - (hasAttributes ? 1 : 0) !== 1) {
    throw new OperationError('ambiguous-component', 'a component does one thing: retain, insert or delete');
  }
  if (Object.hasOwn(value, 'insert')) {
    readInsert(out, value['insert'], hasAttributes ? value['attributes'] : {});
  } else if (Object.hasOwn(value, 'retain')) {
    const length = readCount(value['retain'], 'negative-retain');
    out.retain(length, hasAttributes ? readAttributes(value['attributes'], 'retain') : undefined);
  } else {
    if (hasAttributes) throw new OperationError('unknown-field', 'a delete has no attributes');
    out.delete(readCount(value['delete'], 'negative-delete'));
  }
}

/** Reads the content of an insert, text or an embed, with its attributes. */
export function readInsert(out: ComponentWriter, content: unknown, attributes: unknown): void {
  if (typeof content === 'string') {
    out.insert(readText(content), readAttributes(attributes, 'insert'));
  } else if (isObject(content)) {
    out.insert(readEmbed(content), readAttributes(attributes, 'insert'));
  } else {
    throw new OperationError('component-type', 'an insert is a string or an embed, which is an object');
  }
}

/** A length that must be positive, in UTF-16 code units. */
export function readCount(value: unknown, refusal: 'negative-retain' | 'negative-delete' | 'positional'): number {
  const length = readLength(value);
  if (length < 0) throw new OperationError(refusal, 'a length must not be negative');
  return length;
}

function readLength(value: unknown): number {
  const length = readInteger(value, 'a length');
  if (length === 0) throw new OperationError('zero-length', 'a length must not be zero');
  return length;
}
