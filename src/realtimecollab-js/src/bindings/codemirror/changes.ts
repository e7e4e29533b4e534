import type { ChangeSet, ChangeSpec, Text } from '@codemirror/state';
import { isInsert, lengthOf, OperationBuilder, type TextOperation } from '../../ot/index.js';

/**
 * The operation that does what an editor's changes do. Changes that cut a surrogate pair, as some keyboards make them
 * when one emoji replaces another that begins alike, are widened to whole characters.
 */
export function operationOf(changes: ChangeSet, before: Text): TextOperation {
  const operation = new OperationBuilder();
  let position = 0;
  changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    const from = Math.max(position, isWithinPair(before, fromA) ? fromA - 1 : fromA);
    const to = isWithinPair(before, toA) ? toA + 1 : toA;
    const text = before.sliceString(from, fromA) + inserted.sliceString(0) + before.sliceString(toA, to);
    operation
      .retain(from - position)
      .insert(text)
      .delete(to - from);
    position = to;
  });
  return operation.retain(before.length - position).build();
}

/** An operation as changes of an editor. */
export function changesOf(operation: TextOperation): ChangeSpec[] {
  const changes: ChangeSpec[] = [];
  let position = 0;
  for (const component of operation.components) {
    if (isInsert(component)) {
      changes.push({ from: position, insert: typeof component === 'string' ? component : '\ufffc' });
    } else {
      const length = lengthOf(component);
      if (typeof component === 'number' && component < 0) changes.push({ from: position, to: position + length });
      position += length;
    }
  }
  return changes;
}

/** The one change that makes the new text of the old; null if they are equal. Either may hold halves of characters. */
export function replacement(oldText: string, newText: string): ChangeSpec | null {
  if (oldText === newText) return null;
  const shorter = Math.min(oldText.length, newText.length);
  let start = 0;
  while (start < shorter && oldText.charCodeAt(start) === newText.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && oldText.at(-1 - end) === newText.at(-1 - end)) end++;
  return { from: start, to: oldText.length - end, insert: newText.slice(start, newText.length - end) };
}

function isWithinPair(text: Text, position: number): boolean {
  if (position <= 0 || position >= text.length) return false;
  const pair = text.sliceString(position - 1, position + 1);
  return pair.length === 2 && (pair.codePointAt(0) as number) > 0xffff;
}
