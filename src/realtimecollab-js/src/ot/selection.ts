import { lengthOf, type Component } from './component.js';
import { OperationError } from './errors.js';
import type { TextOperation } from './operation.js';

/** A selected range; a cursor where both ends are equal. Offsets are UTF-16 code units from the start of the document. */
export interface SelectionRange {
  /** The end that stays when the selection is extended. */
  readonly anchor: number;
  /** The end that moves, where the cursor blinks. */
  readonly head: number;
}

/** What a user has selected: one range or several. */
export interface Selection {
  readonly ranges: readonly SelectionRange[];
}

/**
 * Where the ranges are after an operation. An insert exactly at an end pushes it right, whoever made it; an end in
 * deleted text goes to where the text was. One beyond the end of the operation moves as the end does.
 * @throws {OperationError} `selection` if an end is no integer from 0.
 */
export function transformSelection(selection: Selection, operation: TextOperation): Selection {
  return {
    ranges: selection.ranges.map(({ anchor, head }) => {
      const movedAnchor = transformPosition(anchor, operation);
      return { anchor: movedAnchor, head: head === anchor ? movedAnchor : transformPosition(head, operation) };
    }),
  };
}

/**
 * Where a position is after an operation; see {@link transformSelection}.
 * @throws {OperationError} `selection` if it is no integer from 0.
 */
export function transformPosition(position: number, operation: TextOperation): number {
  if (!Number.isInteger(position) || position < 0)
    throw new OperationError('selection', 'a position is an integer from 0');
  return move(position, operation.components);
}

function move(position: number, components: readonly Component[]): number {
  let passed = 0; // of the old document
  let moved = position;
  for (const component of components) {
    if (passed > position) break;
    const length = lengthOf(component);
    if (typeof component === 'number' && component < 0) {
      moved -= Math.min(length, position - passed);
      passed += length;
    } else if (typeof component === 'number' || (typeof component === 'object' && 'retain' in component)) {
      passed += length;
    } else {
      moved += length;
    }
  }
  return moved;
}
