import { withoutNamesOf } from './attributes.js';
import type { Component } from './component.js';
import { ComponentCursor } from './cursor.js';
import { ComponentWriter } from './writer.js';

/**
 * Which of two concurrent operations wins ties: its insert goes to the left of the other's at the same place, and its
 * attributes stay where both set them. By rule the winner is the later in log order.
 */
export type TieBreak = 'a' | 'b';

/** What becomes of `operation` after `over`, made for the same document, was applied. The caller has checked the lengths. */
export function transformOneSide(
  operation: readonly Component[],
  over: readonly Component[],
  wins: boolean,
): ComponentWriter {
  const out = new ComponentWriter();
  const own = new ComponentCursor(operation);
  const other = new ComponentCursor(over);
  while (own.kind !== 'end' || other.kind !== 'end') {
    if (own.kind === 'insert' && (wins || other.kind !== 'insert')) {
      own.copyInsert(out, own.remaining, own.attributes);
      own.next();
    } else if (other.kind === 'insert') {
      out.retain(other.remaining);
      other.next();
    } else {
      const length = Math.min(own.remaining, other.remaining);
      if (other.kind === 'retain') {
        if (own.kind === 'delete') out.delete(length);
        else out.retain(length, wins ? own.attributes : withoutNamesOf(own.attributes, other.attributes));
      }
      // what the other deleted is gone: there is nothing left to keep, format or delete
      own.skip(length);
      other.skip(length);
    }
  }
  return out;
}
