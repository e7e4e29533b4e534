import { composeOnContent, type Attributes } from '../attributes.js';
import { isDelete, isInsert, lengthOf, type Component, type ContentItem, type Embed } from '../component.js';
import { OperationError } from '../errors.js';
import type { TextOperation } from '../operation.js';
import { readComponents } from '../reading/components.js';
import { readText } from '../reading/values.js';
import { isLowSurrogate } from '../text.js';
import { ComponentWriter } from '../writer.js';
import { chunksOf, type Chunk } from './chunk.js';
import { newlinesBefore, offsetBehindNewline, unitAt, visitRuns, type RunVisitor } from './lookup.js';
import { emptyTree, replace, treeOf, type Node } from './tree.js';

/** What stands for an embed where only text can stand, the object replacement character. */
export const EMBED_PLACEHOLDER = '\ufffc';

/** What a document may hold: text alone, or text with attributes and embeds. */
export type ContentType = 'text' | 'richText';

/**
 * A place as editors show it, both counted from 0; a column is in UTF-16 code units. A line ends behind its line feed;
 * CR is a character like any other.
 */
export interface LinePosition {
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
      const length = lengthOf(component);
      if (!isInsert(component)) requireWhole(root, position + length);
      root = applyComponent(root, position, component);
      if (!isDelete(component)) position += length;
    }
    return root === this.#root ? this : new Document(this.contentType, root);
  }

  /** Visits the runs of `length` units from `start`. @throws {RangeError} if they are not all in the document. */
  forEachRun(start: number, length: number, visit: RunVisitor): void {
    requireIn(start, this.length, 'start');
    requireIn(length, this.length - start, 'length');
    visitRuns(this.#root, start, start + length, visit);
  }

  /** The line and column of a position, in O(log n). @throws {RangeError} if the position is not in the document. */
  getLinePosition(position: number): LinePosition {
    requireIn(position, this.length, 'position');
    const line = newlinesBefore(this.#root, position);
    return { line, column: position - offsetBehindNewline(this.#root, line) };
  }

  /** Where a line starts, in O(log n). @throws {RangeError} if there is no such line. */
  getLineStart(line: number): number {
    requireIn(line, this.#root.newlines, 'line');
    return offsetBehindNewline(this.#root, line);
  }

  /** The position of a line and column, in O(log n). @throws {RangeError} if there is no such line, or it is shorter. */
  getPosition({ line, column }: LinePosition): number {
    const start = this.getLineStart(line);
    const end = line === this.#root.newlines ? this.length : this.getLineStart(line + 1) - 1;
    requireIn(column, end - start, 'column');
    return start + column;
  }

  /**
   * The text of `length` units from `start`; an embed stands as U+FFFC, so that positions in the text are those of the
   * document. @throws {RangeError} if they are not all in the document.
   */
  getText(start: number, length: number): string {
    const parts: string[] = [];
    this.forEachRun(start, length, (content) => parts.push(typeof content === 'string' ? content : EMBED_PLACEHOLDER));
    return parts.join('');
  }

  /** The whole text; an embed stands as U+FFFC. */
  toString(): string {
    return this.getText(0, this.length);
  }

  /** The content as it goes over the wire: a string for plain text, else an array of inserts in canonical form. */
  toContent(): string | readonly ContentItem[] {
    if (this.contentType === 'text') return this.toString();
    const written = new ComponentWriter();
    visitRuns(this.#root, 0, this.length, (content, attributes) => written.insert(content, attributes));
    return written.components as ContentItem[];
  }
}

/** The next component starts where this one ends, so checking the ends is checking all boundaries. */
function requireWhole(root: Node, end: number): void {
  if (end < root.length && isLowSurrogate(unitAt(root, end))) {
    throw new OperationError('split-surrogate', `the operation cuts the surrogate pair around ${end}`);
  }
}

function applyComponent(root: Node, position: number, component: Component): Node {
  if (isInsert(component)) return replace(root, position, position, chunksOfItem(component));
  if (isDelete(component)) return replace(root, position, position - component, []);
  if (typeof component === 'number') return root;
  const end = position + component.retain;
  return replace(root, position, end, formatted(root, position, end, component.attributes));
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
