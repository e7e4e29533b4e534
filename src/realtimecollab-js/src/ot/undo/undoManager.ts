import type { Document } from '../document/document.js';
import type { TextOperation } from '../operation.js';
import { caretAfter, continuesAt, keystrokeOf, OpenGroup, type Keystroke } from './grouping.js';
import { UndoStack } from './undoStack.js';

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
  readonly #undo: UndoStack;
  readonly #redo: UndoStack;
  #group: OpenGroup | null = null;

  constructor({ now = () => performance.now(), pauseMilliseconds = 500, limit = 200 }: UndoOptions = {}) {
    if (!(limit >= 1)) throw new RangeError(`the limit ${limit} is not at least 1`);
    this.#now = now;
    this.#pause = pauseMilliseconds;
    this.#undo = new UndoStack(limit);
    this.#redo = new UndoStack(limit);
  }

  get canUndo(): boolean {
    return this.#undo.hasEffect;
  }

  get canRedo(): boolean {
    return this.#redo.hasEffect;
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
    if (keystroke !== null && this.#joins(keystroke)) this.#undo.composeOnTop(inverse);
    else this.#undo.push(inverse);
    this.#redo.clear();
    this.#group = keystroke && new OpenGroup(keystroke.kind, caretAfter(keystroke), this.#now());
  }

  /**
   * Somebody else's operation was applied to the local document.
   * @param operation as it was applied: after transformation over what is pending.
   */
  applyRemote(operation: TextOperation): void {
    this.#undo.transform(operation);
    this.#redo.transform(operation);
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
    return this.#step(this.#undo, this.#redo, document);
  }

  /** Does the last step that was undone again; otherwise like {@link undo}. */
  redo(document: Document): TextOperation | null {
    return this.#step(this.#redo, this.#undo, document);
  }

  #joins(next: Keystroke): boolean {
    const group = this.#group;
    if (group === null || group.kind !== next.kind) return false;
    return this.#now() - group.time < this.#pause && continuesAt(group.caret, next);
  }

  #step(from: UndoStack, to: UndoStack, document: Document): TextOperation | null {
    const operation = from.peek();
    if (operation !== null) {
      to.push(operation.invert(document));
      from.pop();
    }
    this.#group = null;
    return operation;
  }
}
