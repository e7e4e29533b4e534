import { composeOnContent, composeOnRetain } from './attributes.js';
import { attributesOf, contentOf, isDelete, isInsert, lengthOf, restOf, type Component } from './component.js';
import { ComponentWriter } from './writer.js';

/**
 * One operation that does what `first` and then `second` do. The lengths must fit; the caller has checked it.
 * A null attribute stays on a retain and vanishes from an insert.
 */
export function compose(first: readonly Component[], second: readonly Component[]): ComponentWriter {
  const out = new ComponentWriter();
  let i = 0;
  let j = 0;
  let a = first[i]; // what is left of the current component of each
  let b = second[j];
  while (a !== undefined || b !== undefined) {
    if (a !== undefined && isDelete(a)) {
      out.delete(-a);
      a = first[++i];
    } else if (b !== undefined && isInsert(b)) {
      out.insert(contentOf(b, lengthOf(b)), attributesOf(b));
      b = second[++j];
    } else if (a !== undefined && b !== undefined) {
      const aLength = lengthOf(a);
      const bLength = lengthOf(b);
      const length = Math.min(aLength, bLength);
      composeStep(out, a, b, length);
      a = length === aLength ? first[++i] : restOf(a, length);
      b = length === bLength ? second[++j] : restOf(b, length);
    }
  }
  return out;
}

/** What `a` leaves (retained or inserted) is kept or deleted by `b`. */
function composeStep(out: ComponentWriter, a: Component, b: Component, length: number): void {
  if (isInsert(a)) {
    // what b deletes of a's insert was never there
    if (!isDelete(b)) out.insert(contentOf(a, length), composeOnContent(attributesOf(a), attributesOf(b)));
  } else if (isDelete(b)) {
    out.delete(length);
  } else {
    out.retain(length, composeOnRetain(attributesOf(a), attributesOf(b)));
  }
}
