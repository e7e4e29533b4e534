import { OperationError } from '../errors.js';
import { ComponentWriter } from '../writer.js';
import { readCount, readInsert } from './components.js';
import { readAttributes, readInteger, type JsonObject } from './values.js';

const fieldsByType: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['insert', ['type', 'position', 'content', 'attributes']],
  ['delete', ['type', 'position', 'length']],
  ['retain', ['type', 'position', 'length']],
  ['format', ['type', 'position', 'length', 'attributes']],
]);

/** Reads the positional form, `{ type, position, content?, length?, attributes? }`: one edit. It ends where the edit ends. */
export function readPositional(value: JsonObject): ComponentWriter {
  const type = value['type'];
  checkFields(value, fieldsByType.get(type));
  const out = new ComponentWriter();
  const position = readInteger(value['position'], 'a position');
  if (position < 0) throw new OperationError('positional', 'a position must not be negative');
  out.retain(position);
  if (type === 'insert') readInsert(out, value['content'], value['attributes'] ?? {});
  else if (type === 'delete') out.delete(readCount(value['length'], 'positional'));
  else if (type === 'retain') out.retain(readCount(value['length'], 'positional'));
  else out.retain(readCount(value['length'], 'positional'), readAttributes(value['attributes'], 'retain'));
  return out;
}

function checkFields(value: JsonObject, allowed: readonly string[] | undefined): void {
  if (allowed === undefined) throw new OperationError('positional', 'type is insert, delete, retain or format');
  // a member that is null is an absent one, as everywhere on the wire
  const unknown = Object.keys(value).find((name) => value[name] !== null && !allowed.includes(name));
  if (unknown !== undefined)
    throw new OperationError('unknown-field', `this type takes ${allowed.slice(1).join(', ')}`);
}
