import { composeOnContent, composeOnRetain } from './attributes.js';
import type { Component } from './component.js';
import { ComponentCursor } from './cursor.js';
import { ComponentWriter } from './writer.js';

/**
 * One operation that does what `first` and then `second` do. The lengths must fit; the caller has checked it.
 * A null attribute stays on a retain and vanishes from an insert.
 */
export function compose(first: readonly Component[], second: readonly Component[]): ComponentWriter {
  const out = new ComponentWriter();
  const a = new ComponentCursor(first);
  const b = new ComponentCursor(second);
  while (a.kind !== 'end' || b.kind !== 'end') {
    if (a.kind === 'delete') {
      out.delete(a.remaining);
      a.next();
    } else if (b.kind === 'insert') {
      b.copyInsert(out, b.remaining, b.attributes);
      b.next();
    } else {
      const length = Math.min(a.remaining, b.remaining);
      composeStep(out, a, b, length);
      a.skip(length);
      b.skip(length);
    }
  }
  return out;
}

/** What `a` leaves (retained or inserted) is kept or deleted by `b`. */
function composeStep(out: ComponentWriter, a: ComponentCursor, b: ComponentCursor, length: number): void {
  if (a.kind === 'insert') {
    if (b.kind === 'retain') a.copyInsert(out, length, composeOnContent(a.attributes, b.attributes));
    // what b deletes of a's insert was never there
  } else if (b.kind === 'retain') {
    out.retain(length, composeOnRetain(a.attributes, b.attributes));
  } else {
    out.delete(length);
  }
}
