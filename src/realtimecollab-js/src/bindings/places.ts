import type { TextOperation } from '../ot/index.js';

/** Where the last thing that an operation changes ends, in the document after it: where the caret belongs after an undo. */
export function endOfLastChange(operation: TextOperation): number {
  const last = operation.components.at(-1);
  return typeof last === 'number' && last > 0 ? operation.targetLength - last : operation.targetLength;
}

/** Whether a position lies between the two halves of a character. */
export function isWithinPair(text: string, position: number): boolean {
  return position > 0 && position < text.length && (text.codePointAt(position - 1) as number) > 0xffff;
}
