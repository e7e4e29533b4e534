import fastDiff from 'fast-diff';
import { OperationError } from './errors.js';
import { TextOperation } from './operation.js';
import { isHighSurrogate, isLowSurrogate, isWellFormed } from './text.js';
import { ComponentWriter } from './writer.js';

/**
 * Above these many units, or lines, in the parts that differ, a comparison of each with each would be felt: the time
 * grows with the square of the differences. At these limits the worst case is a fraction of a second.
 */
const MAX_UNITS = 8_000;
const MAX_LINES = 20_000;

/**
 * The operation that makes `newText` of `oldText`: their difference by Myers' algorithm (fast-diff), after the common
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
  if (oldText.length + newText.length <= MAX_UNITS) diffUnits(out, oldText, newText);
  else diffLines(out, oldText, newText);
}

function diffUnits(out: ComponentWriter, oldText: string, newText: string): void {
  if (oldText === '' || newText === '') replace(out, oldText, newText);
  else
    write(
      out,
      fastDiff(oldText, newText),
      (text) => text,
      (removed, added) => replace(out, removed, added),
    );
}

/** Compares line by line, each different line standing as one character, and then inside of the lines that differ, as far as a budget of work reaches. */
function diffLines(out: ComponentWriter, oldText: string, newText: string): void {
  const oldLines = linesOf(oldText);
  const newLines = linesOf(newText);
  if (oldLines.length + newLines.length > MAX_LINES) {
    replace(out, oldText, newText);
    return;
  }
  const codes = new Map([...oldLines, ...newLines].map((line) => [line, '']));
  const lines: string[] = []; // at most MAX_LINES, so that a line's code is never half of a surrogate pair
  for (const line of codes.keys()) codes.set(line, String.fromCharCode(lines.push(line)));
  const encode = (all: readonly string[]) => all.map((line) => codes.get(line)).join('');
  const decode = (text: string) => Array.from(text, (code) => lines[code.charCodeAt(0) - 1]).join('');
  let budget = MAX_UNITS ** 2;
  write(out, fastDiff(encode(oldLines), encode(newLines)), decode, (removed, added) => {
    budget -= (removed.length + added.length) ** 2;
    if (budget > 0) diffUnits(out, removed, added);
    else replace(out, removed, added);
  });
}

/** Writes fast-diff's answer, with what is removed and added at one place taken together. */
function write(
  out: ComponentWriter,
  changes: readonly fastDiff.Diff[],
  decode: (text: string) => string,
  change: (removed: string, added: string) => void,
): void {
  let removed = '';
  let added = '';
  const flush = () => {
    change(removed, added);
    removed = added = '';
  };
  for (const [kind, text] of changes) {
    if (kind === fastDiff.DELETE) removed += decode(text);
    else if (kind === fastDiff.INSERT) added += decode(text);
    else {
      flush();
      out.retain(decode(text).length);
    }
  }
  flush();
}

function replace(out: ComponentWriter, removed: string, added: string): void {
  out.insert(added);
  out.delete(removed.length);
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
