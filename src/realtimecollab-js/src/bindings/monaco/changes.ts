import { isInsert, lengthOf, OperationBuilder, type TextOperation } from '../../ot/index.js';
import { isWithinPair } from '../places.js';
import type { ShownText } from '../shownText.js';
import type { MonacoModel, MonacoRange } from './types.js';

/** A replacement in what is shown, in UTF-16 code units. */
export interface ShownChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** The operation that does what the editor's changes did, in whole characters. */
export function operationOf(changes: readonly ShownChange[], shown: ShownText, documentLength: number): TextOperation {
  const operation = new OperationBuilder();
  let position = 0;
  for (const { rangeOffset, rangeLength, text } of changes.toSorted((a, b) => a.rangeOffset - b.rangeOffset)) {
    const end = rangeOffset + rangeLength;
    const start = isWithinPair(shown.text, rangeOffset) ? rangeOffset - 1 : rangeOffset;
    const stop = isWithinPair(shown.text, end) ? end + 1 : end;
    const inserted = shown.text.slice(start, rangeOffset) + text.replace(/\r\n?/g, '\n') + shown.text.slice(end, stop);
    const from = Math.max(position, shown.toDocument(start));
    const to = Math.max(from, shown.toDocument(stop));
    operation
      .retain(from - position)
      .insert(inserted)
      .delete(to - from);
    position = to;
  }
  return operation.retain(documentLength - position).build();
}

/** An operation as edits of a model that shows the document before it. */
export function editsOf(
  { components }: TextOperation,
  before: ShownText,
  model: MonacoModel,
): { range: MonacoRange; text: string; forceMoveMarkers: boolean }[] {
  const edits: { range: MonacoRange; text: string; forceMoveMarkers: boolean }[] = [];
  let position = 0;
  let inserted = '';
  const flush = (end: number): void => {
    if (inserted !== '' || end > position) {
      const [from, to] = [before.fromDocument(position), before.fromDocument(end)];
      edits.push({ range: rangeOf(model, from, to), text: inserted.replace(/\r\n?/g, '\n'), forceMoveMarkers: true });
    }
    inserted = '';
    position = end;
  };
  for (const component of components) {
    if (isInsert(component)) inserted += typeof component === 'string' ? component : '\ufffc';
    else if (typeof component === 'number' && component < 0) flush(position - component);
    else {
      flush(position);
      position += lengthOf(component);
    }
  }
  flush(position);
  return edits;
}

export function rangeOf(model: MonacoModel, start: number, end: number): MonacoRange {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}
