import { isInsert, OperationBuilder, TextOperation, type Component, type Document } from '../../ot/index.js';
import { withOneKind, withoutHiddenKinds } from './lines.js';

/** One step of a Quill delta. */
export interface DeltaOp {
  insert?: string | Record<string, unknown>;
  retain?: number | Record<string, unknown>;
  delete?: number;
  attributes?: Record<string, unknown>;
}

/**
 * Quill ends every text with a line end. Where the document does not, Quill shows one that is not in the document, until
 * something is done to it.
 */
export function hasLastLineEnd(document: Document): boolean {
  const { length } = document;
  if (length === 0) return false;
  let isLineEnd = false;
  document.forEachRun(length - 1, 1, (content) => (isLineEnd = content === '\n'));
  return isLineEnd;
}

/** How long Quill's text is when it shows the document. */
export function shownLength(document: Document): number {
  return document.length + (hasLastLineEnd(document) ? 0 : 1);
}

/** What Quill is to do when the document changes. @param isKnown whether Quill has such an embed. */
export function deltaOf(
  operation: TextOperation,
  before: Document,
  after: Document,
  isKnown: (embed: string) => boolean,
): DeltaOp[] {
  const delta = withOneKind(operation, after).components.map((component) => stepOf(component, isKnown));
  const [hadOne, hasOne] = [hasLastLineEnd(before), hasLastLineEnd(after)];
  if (!hadOne && hasOne) delta.push({ delete: 1 });
  if (hadOne && !hasOne) delta.push({ insert: '\n' });
  return delta;
}

/** What makes an empty Quill show the document, its own line end included. */
export function wholeDelta(document: Document, isKnown: (embed: string) => boolean): DeltaOp[] {
  const all = new OperationBuilder();
  document.forEachRun(0, document.length, (content, attributes) => all.insert(content, attributes));
  const delta = withOneKind(all.build(), document).components.map((component) => stepOf(component, isKnown));
  return hasLastLineEnd(document) ? delta : [...delta, { insert: '\n' }];
}

function stepOf(component: Component, isKnown: (embed: string) => boolean): DeltaOp {
  if (typeof component === 'string') return { insert: component };
  if (typeof component === 'number') return component > 0 ? { retain: component } : { delete: -component };
  if (!isInsert(component)) return { ...component };
  const { insert, attributes } = component;
  const isText = typeof insert === 'string' || Object.keys(insert).every(isKnown);
  return { insert: isText ? insert : '\ufffc', ...(attributes !== undefined && { attributes }) };
}

/** What the document is to do when the user has changed Quill's text. @throws {OperationError} if it cannot. */
export function operationOf(delta: readonly DeltaOp[], before: Document): TextOperation {
  const shown = TextOperation.parse({ ops: delta.map(withoutNulls) }).completeTo(shownLength(before));
  return withoutHiddenKinds(hasLastLineEnd(before) ? shown : onDocument(shown, before), before);
}

/** The operation on the shown text as one on the document, which has no line end of its own at its end. */
function onDocument(shown: TextOperation, before: Document): TextOperation {
  const last = shown.components.at(-1);
  if (typeof last === 'number' && last > 0) {
    const untouched = [...shown.components.slice(0, -1), ...(last > 1 ? [last - 1] : [])];
    const operation = TextOperation.parseArray(untouched).completeTo(before.length);
    if (!hasLastLineEnd(before.apply(operation))) return operation;
  }
  // what was done needs the line end in the document
  return new OperationBuilder().retain(before.length).insert('\n').build().compose(shown);
}

/** An insert has no attributes to remove. */
function withoutNulls(op: DeltaOp): DeltaOp {
  if (op.insert === undefined || op.attributes === undefined) return op;
  const attributes = Object.fromEntries(Object.entries(op.attributes).filter(([, value]) => value !== null));
  return Object.keys(attributes).length === 0 ? { insert: op.insert } : { insert: op.insert, attributes };
}
