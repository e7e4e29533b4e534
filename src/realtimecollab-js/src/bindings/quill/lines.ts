import {
  isDelete,
  lengthOf,
  OperationBuilder,
  type Attributes,
  type Document,
  type TextOperation,
} from '../../ot/index.js';

/**
 * Attributes of a line end that say what kind of line it is. Quill's lines have one kind; a document may have several on
 * one line, when two people choose at once: then the first of these is shown, in every window.
 */
const KINDS = ['table', 'code-block', 'list', 'blockquote', 'header'];

/** What else an attribute change is to set on a line end. */
type Settling = (all: Attributes, changed: Attributes) => Attributes | null;

/** The operation as an editor is to do it: of several kinds of a line, one alone is set. */
export function withOneKind(operation: TextOperation, after: Document): TextOperation {
  return settle(operation, after, (all) => {
    const [shown, ...hidden] = kindsIn(all);
    if (shown === undefined || hidden.length === 0) return null;
    return { [shown]: all[shown] ?? null, ...nulls(hidden) };
  });
}

/** The user's operation, with what the editor does not show of the lines that it changes removed from them too. */
export function withoutHiddenKinds(operation: TextOperation, before: Document): TextOperation {
  return settle(operation, before.apply(operation), (all, changed) => {
    const hidden = kindsIn(all).filter((kind) => (changed[kind] ?? null) === null);
    return hidden.length === 0 ? null : nulls(hidden);
  });
}

function settle(operation: TextOperation, after: Document, settling: Settling): TextOperation {
  const fix = new OperationBuilder();
  let [position, fixed] = [0, 0];
  for (const component of operation.components) {
    if (isDelete(component)) continue;
    const changed = typeof component === 'object' ? component.attributes : undefined;
    const length = lengthOf(component);
    if (changed !== undefined && KINDS.some((kind) => Object.hasOwn(changed, kind))) {
      for (const [place, all] of lineEnds(after, position, length)) {
        const wanted = settling(all, changed);
        if (wanted === null) continue;
        fix.retain(place - fixed).retain(1, wanted);
        fixed = place + 1;
      }
    }
    position += length;
  }
  return fixed === 0 ? operation : operation.compose(fix.retain(operation.targetLength - fixed).build());
}

/** The line ends in a part of a document, with their attributes. */
function lineEnds(document: Document, start: number, length: number): [place: number, attributes: Attributes][] {
  const found: [number, Attributes][] = [];
  let position = start;
  document.forEachRun(start, length, (content, attributes = {}) => {
    if (typeof content !== 'string') {
      position++;
      return;
    }
    for (const { index } of content.matchAll(/\n/g)) found.push([position + index, attributes]);
    position += content.length;
  });
  return found;
}

function kindsIn(attributes: Attributes): string[] {
  return KINDS.filter((kind) => (attributes[kind] ?? null) !== null);
}

function nulls(names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, null]));
}
