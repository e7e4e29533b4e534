import { TextOperation } from '../operation.js';

interface Part {
  readonly operation: TextOperation;
  /** Of how many operations it is composed. */
  readonly count: number;
}

/**
 * Operations of others that a step has yet to be carried over. They are composed as they come, those of few first, as a binary counter
 * carries: of n operations at most log n are left, and each was composed log n times.
 */
export class LaterOperations {
  #parts: Part[] = [];

  /** How long a document is behind the last of them, in UTF-16 code units; undefined if there are none. */
  get targetLength(): number | undefined {
    return this.#parts.at(-1)?.operation.targetLength;
  }

  add(operation: TextOperation, count = 1): void {
    let next: Part = { operation, count };
    for (let last = this.#parts.at(-1); last !== undefined && last.count <= next.count; last = this.#parts.at(-1)) {
      this.#parts.pop();
      next = { operation: last.operation.compose(next.operation), count: last.count + next.count };
    }
    this.#parts.push(next);
  }

  /**
   * Carries a step over all of them. Others win: an undo must not take back what they did.
   * @param below gets them as they are behind the step; undefined if nothing lies below it.
   */
  carry(step: TextOperation, below: LaterOperations | undefined): TextOperation {
    let carried = step;
    for (const { operation, count } of this.#parts) {
      const [stepAfter, operationAfter] = TextOperation.transform(carried, operation, 'b');
      below?.add(operationAfter, count);
      carried = stepAfter;
    }
    this.#parts = [];
    return carried;
  }
}
