import { compose } from '../compose.js';
import { OperationError } from '../errors.js';
import { ComponentWriter } from '../writer.js';
import { readComponents } from './components.js';
import { readPositional } from './positional.js';
import { isObject } from './values.js';

/**
 * Which wire forms are read: `any` takes what people and editors write (the array form, Quill's `{ ops }`, a list of
 * operations to be composed, the positional form); `array` only the form that logs and messages hold.
 */
export type WireForm = 'any' | 'array';

/** Reads an operation from JSON text, or from the value that such text holds. */
export function readOperation(json: unknown, form: WireForm): ComponentWriter {
  const value = typeof json === 'string' ? parseText(json) : json;
  if (form === 'any') {
    if (Array.isArray(value) && Array.isArray(value[0])) return readList(value);
    if (isObject(value) && Object.hasOwn(value, 'type')) return readPositional(value);
    if (isObject(value) && Object.hasOwn(value, 'ops')) return readOps(value);
  }
  if (!Array.isArray(value)) throw new OperationError('not-array', 'an operation is an array of components');
  return readComponents(value);
}

function parseText(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new OperationError('not-json', 'the text is not JSON');
  }
}

function readOps(value: Readonly<Record<string, unknown>>): ComponentWriter {
  const ops = value['ops'];
  if (!Array.isArray(ops)) throw new OperationError('not-array', 'ops is an array of components');
  if (Object.keys(value).length > 1) throw new OperationError('unknown-field', 'there must be nothing beside ops');
  return readComponents(ops);
}

/** Composes a list of operations in the array form. Each may end early: what it does not mention is retained. */
function readList(values: readonly unknown[]): ComponentWriter {
  let composed = new ComponentWriter();
  for (const value of values) {
    if (!Array.isArray(value)) throw new OperationError('component-type', 'a list of operations holds arrays only');
    const next = readComponents(value);
    composed.retain(Math.max(0, next.baseLength - composed.targetLength));
    next.retain(Math.max(0, composed.targetLength - next.baseLength));
    composed = compose(composed.components, next.components);
  }
  return composed;
}
