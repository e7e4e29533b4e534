import { OperationError } from '../errors.js';
import type { TextOperation } from '../operation.js';
import { LaterOperations } from './laterOperations.js';

interface Step {
  operation: TextOperation;
  readonly later: LaterOperations;
}

/**
 * Operations to come, the last on top: the top one is made for the document as it is, each other one for the document as the one above it will
 * leave it. A step is carried over what others did only when it is on top and asked for.
 */
export class UndoStack {
  readonly #limit: number;
  readonly #steps: Step[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether any operation in it would do something. */
  get hasEffect(): boolean {
    this.#dropNoops();
    return this.#steps.length > 0;
  }

  push(operation: TextOperation): void {
    if (this.#steps.length === this.#limit) this.#steps.shift();
    this.#steps.push({ operation, later: new LaterOperations() });
  }

  /** Puts an operation in front of the top one, so that both are one step; pushes it if there is none. */
  composeOnTop(operation: TextOperation): void {
    const top = this.#top();
    if (top === undefined) this.push(operation);
    else top.operation = operation.compose(top.operation);
  }

  /** The top operation that does something. */
  peek(): TextOperation | null {
    this.#dropNoops();
    return this.#steps.at(-1)?.operation ?? null;
  }

  pop(): void {
    this.#steps.pop();
  }

  clear(): void {
    this.#steps.length = 0;
  }

  /**
   * Somebody else's operation was applied to the document.
   * @throws {OperationError} `base-length` if it is for another document.
   */
  transform(remote: TextOperation): void {
    const top = this.#steps.at(-1);
    if (top === undefined) return;
    const length = top.later.targetLength ?? top.operation.baseLength;
    if (remote.baseLength !== length) {
      throw new OperationError('base-length', `made for a length of ${remote.baseLength}, the document has ${length}`);
    }
    top.later.add(remote);
  }

  /** The top step, for the document as it is. */
  #top(): Step | undefined {
    const top = this.#steps.at(-1);
    if (top !== undefined) top.operation = top.later.carry(top.operation, this.#steps.at(-2)?.later);
    return top;
  }

  /** What others have already undone, or deleted, is no step: the user would press a key and see nothing. */
  #dropNoops(): void {
    while (this.#top()?.operation.isNoop) this.#steps.pop();
  }
}
