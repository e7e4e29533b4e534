import { equalAttributes, type Attributes } from './attributes.js';
import type { Embed } from './component.js';
import { diff } from './diff.js';
import { EMBED_PLACEHOLDER, type Document } from './document/document.js';
import { TextOperation } from './operation.js';
import { isLowSurrogate } from './text.js';
import { ComponentWriter } from './writer.js';

/**
 * The operation from one document to another. Plain text is compared by {@link diff}; of rich text, what is equal at the
 * start and at the end, attributes included, is kept, and what lies between is replaced.
 */
export function documentDiff(from: Document, to: Document): TextOperation {
  if (from.contentType === 'text' && to.contentType === 'text') return diff(from.toString(), to.toString());
  const old = runsOf(from);
  const renewed = runsOf(to);
  const shorter = Math.min(from.length, to.length);
  let start = commonLength(old, renewed, shorter);
  if (isCut(old.text, start) || isCut(renewed.text, start)) start--;
  let end = commonLength(reversed(old), reversed(renewed), shorter - start);
  if (isCut(old.text, from.length - end) || isCut(renewed.text, to.length - end)) end--;

  const out = new ComponentWriter();
  out.retain(start);
  to.forEachRun(start, to.length - start - end, (content, attributes) => out.insert(content, attributes));
  out.delete(from.length - start - end);
  out.retain(end);
  return TextOperation.from(out);
}

interface Run {
  /** How many units of the document are behind one when this run is. */
  readonly end: number;
  readonly attributes: Attributes | undefined;
  readonly embed: string | undefined;
}

/** A document to be walked from one of its ends. */
interface Runs {
  readonly text: string;
  readonly list: readonly Run[];
  unitAt(offset: number): number;
}

function runsOf(document: Document): Runs {
  const list: Run[] = [];
  let end = 0;
  document.forEachRun(0, document.length, (content: string | Embed, attributes) => {
    const embed = typeof content === 'string' ? undefined : JSON.stringify(content);
    end += typeof content === 'string' ? content.length : EMBED_PLACEHOLDER.length;
    list.push({ end, attributes, embed });
  });
  const text = document.toString();
  return { text, list, unitAt: (offset) => text.charCodeAt(offset) };
}

function reversed({ text, list }: Runs): Runs {
  const fromEnd = list.map((run, index) => ({ ...run, end: text.length - (list[index - 1]?.end ?? 0) }));
  return { text, list: fromEnd.reverse(), unitAt: (offset) => text.charCodeAt(text.length - 1 - offset) };
}

function commonLength(one: Runs, other: Runs, longest: number): number {
  let [length, i, j] = [0, 0, 0];
  while (length < longest) {
    const [run, otherRun] = [one.list[i]!, other.list[j]!];
    if (run.embed !== otherRun.embed || !equalAttributes(run.attributes, otherRun.attributes)) return length;
    const end = Math.min(run.end, otherRun.end, longest);
    while (length < end && one.unitAt(length) === other.unitAt(length)) length++;
    if (length < end) return length;
    if (run.end === length) i++;
    if (otherRun.end === length) j++;
  }
  return length;
}

function isCut(text: string, position: number): boolean {
  return position > 0 && position < text.length && isLowSurrogate(text.charCodeAt(position));
}
