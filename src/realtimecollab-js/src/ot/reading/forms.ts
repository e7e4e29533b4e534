import { compose } from '../compose.js';
import { OperationError } from '../errors.js';
import { ComponentWriter } from '../writer.js';
import { readComponents } from './components.js';
import { readPositional } from './positional.js';
import { isObject, type JsonObject } from './values.js';

/** Members that no component has: an object whose first one is of these is an operation of its own. */
const operationFields = new Set(['type', 'ops', 'position', 'content', 'length']);

/**
 * Reads an operation in any form that people write by hand or other libraries make: an array of components, Quill's
 * `{ ops: […] }`, a positional object, or a list of these to be composed. An array is a list if its first item is an
 * operation; lists do not nest.
 */
export function readAnyForm(json: unknown): ComponentWriter {
  const value = fromText(json);
  return Array.isArray(value) && isOperation(value[0]) ? composeAll(value.map(readOne)) : readOne(value);
}

/** Reads the array form only, which is what logs and messages hold. */
export function readArrayForm(json: unknown): ComponentWriter {
  return readArray(fromText(json));
}

function fromText(json: unknown): unknown {
  if (typeof json !== 'string') return json;
  try {
    return JSON.parse(json);
  } catch {
    throw new OperationError('not-json', 'the text is not JSON');
  }
}

function readOne(value: unknown): ComponentWriter {
  if (!isObject(value) || !isOperation(value)) return readArray(value);
  return Object.keys(value)[0] === 'ops' ? readQuill(value) : readPositional(value);
}

function readArray(value: unknown): ComponentWriter {
  if (!Array.isArray(value)) throw new OperationError('not-array', 'an operation is an array of components');
  return readComponents(value);
}

function readQuill(value: JsonObject): ComponentWriter {
  const written = readArray(value['ops']);
  if (Object.keys(value).length > 1) throw new OperationError('unknown-field', 'there is nothing beside ops');
  return written;
}

function isOperation(value: unknown): boolean {
  if (!isObject(value)) return Array.isArray(value);
  const first = Object.keys(value).find((name) => name !== 'attributes');
  return first !== undefined && operationFields.has(first);
}

/** Composes neighbours until one is left, which spares copying what has come together again and again. */
function composeAll(operations: readonly ComponentWriter[]): ComponentWriter {
  let left = operations;
  while (left.length > 1) {
    left = left.flatMap((first, index) => {
      if (index % 2 === 1) return [];
      const second = left[index + 1];
      return [second === undefined ? first : composeEarlyEnding(first, second)];
    });
  }
  return left[0] ?? new ComponentWriter();
}

/** Composes two operations either of which may end early: that one keeps the rest. */
function composeEarlyEnding(first: ComponentWriter, second: ComponentWriter): ComponentWriter {
  first.retain(Math.max(0, second.baseLength - first.targetLength));
  second.retain(Math.max(0, first.targetLength - second.baseLength));
  return compose(first.components, second.components);
}
