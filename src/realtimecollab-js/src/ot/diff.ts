import { diff as differencesOf } from 'fast-myers-diff';
import { OperationError } from './errors.js';
import { TextOperation } from './operation.js';
import { isHighSurrogate, isLowSurrogate, isWellFormed } from './text.js';
import { ComponentWriter } from './writer.js';

/**
 * Above these many units, or lines, in the parts that differ, a comparison of each with each would be felt: the time
 * grows with the square of the differences. At these limits the worst case is a fraction of a second.
 */
const MAX_UNITS = 4_000;
const MAX_LINES = 12_000;

/**
 * The operation that makes `newText` of `oldText`: their difference by Myers' algorithm (fast-myers-diff), after the common
 * start and end. Large parts that differ are compared by lines first. Never cuts a surrogate pair.
 * @throws {OperationError} `lone-surrogate` if one of the texts holds half of a surrogate pair.
 */
export function diff(oldText: string, newText: string): TextOperation {
  if (!isWellFormed(oldText) || !isWellFormed(newText)) {
    throw new OperationError('lone-surrogate', 'the text holds half of a surrogate pair');
  }
  const start = commonStart(oldText, newText);
  const end = commonEnd(oldText, newText, start);
  const out = new ComponentWriter();
  out.retain(start);
  diffMiddle(out, oldText.slice(start, oldText.length - end), newText.slice(start, newText.length - end));
  out.retain(end);
  return TextOperation.from(out);
}

function diffMiddle(out: ComponentWriter, oldText: string, newText: string): void {
  if (oldText.length + newText.length <= MAX_UNITS)
    diffParts(out, Array.from(oldText), Array.from(newText), replaceParts);
  else diffLines(out, linesOf(oldText), linesOf(newText));
}

/** Compares line by line, and then inside of the lines that differ, as far as a budget of work reaches. */
function diffLines(out: ComponentWriter, oldLines: readonly string[], newLines: readonly string[]): void {
  if (oldLines.length + newLines.length > MAX_LINES) {
    replaceParts(out, oldLines, newLines);
    return;
  }
  let budget = MAX_UNITS ** 2;
  diffParts(out, oldLines, newLines, (_, removed, added) => {
    const [oldPart, newPart] = [removed.join(''), added.join('')];
    budget -= (oldPart.length + newPart.length) ** 2;
    if (budget > 0) diffParts(out, Array.from(oldPart), Array.from(newPart), replaceParts);
    else replaceParts(out, removed, added);
  });
}

type Replace = (out: ComponentWriter, removed: readonly string[], added: readonly string[]) => void;

/** Compares part by part, characters or lines: keeps what is equal, and replaces what is not. */
function diffParts(
  out: ComponentWriter,
  oldParts: readonly string[],
  newParts: readonly string[],
  replace: Replace,
): void {
  let position = 0;
  for (const [oldStart, oldEnd, newStart, newEnd] of differencesOf(oldParts as string[], newParts as string[])) {
    out.retain(lengthOf(oldParts, position, oldStart));
    replace(out, oldParts.slice(oldStart, oldEnd), newParts.slice(newStart, newEnd));
    position = oldEnd;
  }
  out.retain(lengthOf(oldParts, position, oldParts.length));
}

function replaceParts(out: ComponentWriter, removed: readonly string[], added: readonly string[]): void {
  out.insert(added.join(''));
  out.delete(lengthOf(removed, 0, removed.length));
}

function lengthOf(parts: readonly string[], start: number, end: number): number {
  let length = 0;
  for (let index = start; index < end; index++) length += (parts[index] as string).length;
  return length;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function commonStart(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length > 0 && isHighSurrogate(a.charCodeAt(length - 1)) ? length - 1 : length;
}

function commonEnd(a: string, b: string, start: number): number {
  const limit = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length > 0 && isLowSurrogate(a.charCodeAt(a.length - length)) ? length - 1 : length;
}
