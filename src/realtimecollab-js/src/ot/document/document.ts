import { composeOnContent, type Attributes } from '../attributes.js';
import type { Component, ContentItem, Embed } from '../component.js';
import { OperationError } from '../errors.js';
import type { TextOperation } from '../operation.js';
import { readComponents } from '../reading/components.js';
import { readText } from '../reading/values.js';
import { isLowSurrogate } from '../text.js';
import { ComponentWriter } from '../writer.js';
import { chunksOf, type Chunk } from './chunk.js';
import { newlinesBefore, offsetBehindNewline, unitAt, visitRuns, type RunVisitor } from './lookup.js';
import { emptyTree, replace, treeOf, type Node } from './tree.js';

/** What a document may hold: text alone, or text with attributes and embeds. */
export type ContentType = 'text' | 'richText';

/** A place in a document: line and column count from 0; a column is in UTF-16 code units. Lines end with a line feed. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/**
 * The content of a document at one moment. Immutable: {@link apply} gives a new one that shares what did not change,
 * so that an old one stays a consistent snapshot and an edit costs O(log n) also in a document of many megabytes.
 */
export class Document {
  readonly contentType: ContentType;
  readonly #root: Node;

  private constructor(contentType: ContentType, root: Node) {
    this.contentType = contentType;
    this.#root = root;
  }

  /**
   * A plain text document.
   * @throws {OperationError} `lone-surrogate` if the text holds half of a surrogate pair.
   */
  static fromText(text: string): Document {
    return new Document('text', text === '' ? emptyTree : treeOf(chunksOf(readText(text), undefined)));
  }

  /**
   * A document from what {@link toContent} gives: a string for plain text, an array of inserts for rich text.
   * @throws {OperationError} if an item is no insert, or not a valid one.
   */
  static fromContent(content: unknown): Document {
    if (typeof content === 'string') return Document.fromText(content);
    if (!Array.isArray(content)) throw new OperationError('content-type', 'rich content is an array of inserts');
    const written = readComponents(content);
    if (written.baseLength > 0) throw new OperationError('content-type', 'rich content holds nothing but inserts');
    return new Document('richText', treeOf((written.components as ContentItem[]).flatMap(chunksOfItem)));
  }

  /** In UTF-16 code units; an embed counts one. */
  get length(): number {
    return this.#root.length;
  }

  /** How many lines there are: one more than line feeds. */
  get lineCount(): number {
    return this.#root.newlines + 1;
  }

  /**
   * The document after an operation.
   * @throws {OperationError} `base-length` if it is for another length, `split-surrogate` if it cuts a surrogate pair,
   * `not-plain` if it brings attributes or embeds into plain text. This document stays as it is in any case.
   */
  apply(operation: TextOperation): Document {
    if (operation.baseLength !== this.length) {
      throw new OperationError(
        'base-length',
        `made for a length of ${operation.baseLength}, the document has ${this.length}`,
      );
    }
    if (this.contentType === 'text' && operation.isRich) {
      throw new OperationError('not-plain', 'a plain text document takes no attributes and no embeds');
    }
    let root = this.#root;
    let position = 0;
    for (const component of operation.components) {
      if (isLowSurrogate(unitAt(root, position))) {
        throw new OperationError('split-surrogate', `cuts the surrogate pair at ${position - 1}`);
      }
      [root, position] = applyComponent(root, position, component);
    }
    return root === this.#root ? this : new Document(this.contentType, root);
  }

  /** Visits the runs between two offsets, by default all. */
  forEachRun(from: number, to: number, visit: RunVisitor): void {
    visitRuns(this.#root, from, to, visit);
  }

  /** The place of an offset, in O(log n). @throws {RangeError} if the offset is outside the document. */
  positionAt(offset: number): LineColumn {
    requireIn(offset, this.length, 'offset');
    const line = newlinesBefore(this.#root, offset);
    return { line, column: offset - offsetBehindNewline(this.#root, line) };
  }

  /** The offset of a place, in O(log n). @throws {RangeError} if there is no such line, or the line is shorter. */
  offsetAt(position: LineColumn): number {
    requireIn(position.line, this.#root.newlines, 'line');
    const start = offsetBehindNewline(this.#root, position.line);
    const isLast = position.line === this.#root.newlines;
    const end = isLast ? this.length : offsetBehindNewline(this.#root, position.line + 1) - 1;
    requireIn(position.column, end - start, 'column');
    return start + position.column;
  }

  /** The text between two offsets; an embed stands as U+FFFC, so that offsets in the text are those of the document. */
  slice(from: number, to: number): string {
    const parts: string[] = [];
    visitRuns(this.#root, from, to, (content) => parts.push(typeof content === 'string' ? content : '\ufffc'));
    return parts.join('');
  }

  /** The whole text; an embed stands as U+FFFC. */
  toString(): string {
    return this.slice(0, this.length);
  }

  /** The content as it goes over the wire: a string for plain text, else an array of inserts in canonical form. */
  toContent(): string | readonly ContentItem[] {
    if (this.contentType === 'text') return this.toString();
    const written = new ComponentWriter();
    visitRuns(this.#root, 0, this.length, (content, attributes) => written.insert(content, attributes));
    return written.components as ContentItem[];
  }
}

function applyComponent(root: Node, position: number, component: Component): [root: Node, position: number] {
  if (typeof component === 'number') {
    if (component > 0) return [root, position + component];
    return [replace(root, position, position - component, []), position];
  }
  if (typeof component === 'object' && 'retain' in component) {
    const end = position + component.retain;
    return [replace(root, position, end, formatted(root, position, end, component.attributes)), end];
  }
  const chunks = chunksOfItem(component);
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return [replace(root, position, position, chunks), position + length];
}

function formatted(root: Node, from: number, to: number, attributes: Attributes): readonly Chunk[] {
  const chunks: Chunk[] = [];
  visitRuns(root, from, to, (content: string | Embed, before) => {
    chunks.push(...chunksOf(content, composeOnContent(before, attributes)));
  });
  return chunks;
}

function chunksOfItem(item: ContentItem): readonly Chunk[] {
  return typeof item === 'string' ? chunksOf(item, undefined) : chunksOf(item.insert, item.attributes);
}

function requireIn(value: number, limit: number, what: string): void {
  if (!Number.isInteger(value) || value < 0 || value > limit)
    throw new RangeError(`the ${what} ${value} is not in 0 to ${limit}`);
}
