import { withoutNamesOf } from './attributes.js';
import { attributesOf, contentOf, isDelete, isInsert, lengthOf, restOf, type Component } from './component.js';
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
  let i = 0;
  let j = 0;
  let own = operation[i]; // what is left of the current component of each
  let other = over[j];
  while (own !== undefined || other !== undefined) {
    if (own !== undefined && isInsert(own) && (wins || other === undefined || !isInsert(other))) {
      out.insert(contentOf(own, lengthOf(own)), attributesOf(own));
      own = operation[++i];
    } else if (other !== undefined && isInsert(other)) {
      out.retain(lengthOf(other));
      other = over[++j];
    } else if (own !== undefined && other !== undefined) {
      const ownLength = lengthOf(own);
      const otherLength = lengthOf(other);
      const length = Math.min(ownLength, otherLength);
      if (!isDelete(other)) transformStep(out, own, other, length, wins);
      // what the other deleted is gone: there is nothing left to keep, format or delete
      own = length === ownLength ? operation[++i] : restOf(own, length);
      other = length === otherLength ? over[++j] : restOf(other, length);
    }
  }
  return out;
}

/** Own retain or delete of what the other retains. */
function transformStep(out: ComponentWriter, own: Component, other: Component, length: number, wins: boolean): void {
  if (isDelete(own)) out.delete(length);
  else out.retain(length, wins ? attributesOf(own) : withoutNamesOf(attributesOf(own), attributesOf(other)));
}
