import type { Document } from '../document/document.js';
import { TextOperation } from '../operation.js';
import { caretAfter, continuesAt, keystrokeOf, OpenGroup, type Keystroke } from './grouping.js';

export interface UndoOptions {
  /** The clock, in milliseconds; only differences count. By default the time since the page was opened. */
  readonly now?: () => number;
  /** A pause this long between two keystrokes ends a step, in milliseconds. By default 500. */
  readonly pauseMilliseconds?: number;
  /** How many steps are kept, at least 1; the oldest go. By default 200. */
  readonly limit?: number;
}

/**
 * Undo and redo of one user's own edits, whatever others do meanwhile: what was recorded is transformed over their
 * operations. Where somebody else has formatted the same text since, their formatting stays.
 *
 * Tell it every change of the local document, in order: {@link applyLocal} for the user's own, {@link applyRemote} for
 * others'. What {@link undo} and {@link redo} return is to be applied and sent like any edit, but not recorded.
 */
export class UndoManager {
  readonly #now: () => number;
  readonly #pause: number;
  readonly #limit: number;
  /** Inverses: the last applies to the document as it is, each other one after those behind it. */
  #undo: readonly TextOperation[] = [];
  #redo: readonly TextOperation[] = [];
  #group: OpenGroup | null = null;

  constructor({ now = () => performance.now(), pauseMilliseconds = 500, limit = 200 }: UndoOptions = {}) {
    if (!(limit >= 1)) throw new RangeError(`the limit ${limit} is not at least 1`);
    this.#now = now;
    this.#pause = pauseMilliseconds;
    this.#limit = limit;
  }

  get canUndo(): boolean {
    return this.#undo.some((inverse) => !inverse.isNoop);
  }

  get canRedo(): boolean {
    return this.#redo.some((inverse) => !inverse.isNoop);
  }

  /**
   * The user has edited. Keystrokes of one kind that follow one another in time and place become one step. What was
   * undone before can no longer be redone.
   * @param before the document before the edit.
   * @throws {OperationError} `base-length` if the operation is not for that document.
   */
  applyLocal(operation: TextOperation, before: Document): void {
    if (operation.isNoop) return;
    const inverse = operation.invert(before);
    const keystroke = keystrokeOf(operation);
    const last = this.#undo.at(-1);
    const joins = last !== undefined && keystroke !== null && this.#joins(keystroke);
    this.#undo = joins ? [...this.#undo.slice(0, -1), inverse.compose(last)] : this.#push(this.#undo, inverse);
    this.#redo = [];
    this.#group = keystroke && new OpenGroup(keystroke.kind, caretAfter(keystroke), this.#now());
  }

  /**
   * Somebody else's operation was applied to the local document.
   * @param operation as it was applied: after transformation over what is pending.
   */
  applyRemote(operation: TextOperation): void {
    this.#undo = transformStack(this.#undo, operation);
    this.#redo = transformStack(this.#redo, operation);
    this.#group = this.#group?.transformOver(operation) ?? null;
  }

  /** The next edit starts a new step, as after the caret was moved by hand. */
  endStep(): void {
    this.#group = null;
  }

  /**
   * Takes the last step back.
   * @param document the local document as it is.
   * @returns the operation to apply, or null if there is nothing to undo.
   * @throws {OperationError} `base-length` if the manager was not told of every change of the document.
   */
  undo(document: Document): TextOperation | null {
    const [operation, rest] = popEffective(this.#undo);
    const redo = operation === null ? this.#redo : this.#push(this.#redo, operation.invert(document));
    [this.#undo, this.#redo, this.#group] = [rest, redo, null];
    return operation;
  }

  /** Does the last step that was undone again; otherwise like {@link undo}. */
  redo(document: Document): TextOperation | null {
    const [operation, rest] = popEffective(this.#redo);
    const undo = operation === null ? this.#undo : this.#push(this.#undo, operation.invert(document));
    [this.#redo, this.#undo, this.#group] = [rest, undo, null];
    return operation;
  }

  #joins(next: Keystroke): boolean {
    const group = this.#group;
    if (group === null || group.kind !== next.kind) return false;
    return this.#now() - group.time < this.#pause && continuesAt(group.caret, next);
  }

  #push(stack: readonly TextOperation[], inverse: TextOperation): readonly TextOperation[] {
    return [...stack, inverse].slice(-this.#limit);
  }
}

/** Each entry over what the operation is after those behind it. Others win: an undo must not take back what they did. */
function transformStack(stack: readonly TextOperation[], operation: TextOperation): readonly TextOperation[] {
  const transformed: TextOperation[] = [];
  let committed = operation;
  for (const entry of stack.toReversed()) {
    const [entryAfter, committedAfter] = TextOperation.transform(entry, committed, 'b');
    transformed.push(entryAfter);
    committed = committedAfter;
  }
  return transformed.reverse();
}

/** The last entry that still does something, and what stands before it. What others' edits have emptied is dropped. */
function popEffective(stack: readonly TextOperation[]): readonly [TextOperation | null, readonly TextOperation[]] {
  const index = stack.findLastIndex((entry) => !entry.isNoop);
  return [stack[index] ?? null, stack.slice(0, Math.max(0, index))];
}
