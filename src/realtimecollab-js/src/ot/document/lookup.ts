import type { Attributes } from '../attributes.js';
import type { Embed } from '../component.js';
import { Chunk } from './chunk.js';
import type { Node } from './tree.js';

/** Called with each run of text of equal attributes, and with each embed, in order. One run may come in several parts. */
export type RunVisitor = (content: string | Embed, attributes: Attributes | undefined) => void;

/** Visits what lies between two offsets. */
export function visitRuns(node: Node, from: number, to: number, visit: RunVisitor): void {
  if (from >= to) return;
  if (node instanceof Chunk) {
    const { content } = node;
    visit(typeof content === 'string' ? content.slice(from, to) : content, node.attributes);
    return;
  }
  let start = 0;
  for (const child of node.children) {
    if (start >= to) return;
    const end = start + child.length;
    if (end > from) visitRuns(child, Math.max(0, from - start), Math.min(child.length, to - start), visit);
    start = end;
  }
}

/** The code unit at an offset, NaN at an embed and at the end. */
export function unitAt(root: Node, offset: number): number {
  let node = root;
  let rest = offset;
  while (!(node instanceof Chunk)) {
    let index = 0;
    let child = node.children[0] as Node;
    while (rest >= child.length && index < node.children.length - 1) {
      rest -= child.length;
      child = node.children[++index] as Node;
    }
    node = child;
  }
  return typeof node.content === 'string' ? node.content.charCodeAt(rest) : NaN;
}

/** How many line feeds stand before an offset. */
export function newlinesBefore(root: Node, offset: number): number {
  let node = root;
  let rest = offset;
  let count = 0;
  while (!(node instanceof Chunk)) {
    let index = 0;
    let child = node.children[0] as Node;
    while (rest >= child.length && index < node.children.length - 1) {
      rest -= child.length;
      count += child.newlines;
      child = node.children[++index] as Node;
    }
    node = child;
  }
  for (let at = -1; (at = indexOfNewline(node, at + 1)) >= 0 && at < rest;) count++;
  return count;
}

/** The offset behind the line feed of that number, counted from 1; there must be so many. */
export function offsetBehindNewline(root: Node, number: number): number {
  let node = root;
  let offset = 0;
  let rest = number;
  while (!(node instanceof Chunk)) {
    let index = 0;
    let child = node.children[0] as Node;
    while (rest > child.newlines) {
      rest -= child.newlines;
      offset += child.length;
      child = node.children[++index] as Node;
    }
    node = child;
  }
  let at = -1;
  for (; rest > 0; rest--) at = indexOfNewline(node, at + 1);
  return offset + at + 1;
}

function indexOfNewline(chunk: Chunk, from: number): number {
  return typeof chunk.content === 'string' ? chunk.content.indexOf('\n', from) : -1;
}
