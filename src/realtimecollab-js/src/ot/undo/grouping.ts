import { isDelete, isInsert, lengthOf, type Component } from '../component.js';
import type { TextOperation } from '../operation.js';
import { transformPosition } from '../selection.js';

/** An edit of the kind that groups: one insert of text, with attributes or without, or one delete, and nothing else. Offsets are UTF-16 code units. */
export interface Keystroke {
  readonly kind: 'insert' | 'delete';
  readonly position: number;
  readonly length: number;
}

/** The keystroke that an operation is, or null if it is more than one. */
export function keystrokeOf(operation: TextOperation): Keystroke | null {
  let keystroke: Keystroke | null = null;
  let position = 0;
  for (const component of operation.components) {
    if (typeof component === 'number' && component > 0) {
      position += component;
      continue;
    }
    if (keystroke !== null || !(isDelete(component) || isTextInsert(component))) return null;
    keystroke = { kind: isDelete(component) ? 'delete' : 'insert', position, length: lengthOf(component) };
  }
  return keystroke;
}

function isTextInsert(component: Component): boolean {
  return isInsert(component) && (typeof component === 'string' || typeof component.insert === 'string');
}

/** Where the caret is after it. */
export function caretAfter({ kind, position, length }: Keystroke): number {
  return kind === 'insert' ? position + length : position;
}

/** Whether `next` goes on where `caret` was left: typing on, or deleting in front of it or behind it. */
export function continuesAt(caret: number, next: Keystroke): boolean {
  return next.position === caret || (next.kind === 'delete' && next.position + next.length === caret);
}

/** The group that is open: further keystrokes of its kind join it. */
export class OpenGroup {
  constructor(
    readonly kind: Keystroke['kind'],
    readonly caret: number,
    /** In milliseconds, by the manager's clock. */
    readonly time: number,
  ) {}

  /** The group after somebody else's operation. */
  transformOver(committed: TextOperation): OpenGroup {
    return new OpenGroup(this.kind, transformPosition(this.caret, committed), this.time);
  }
}
