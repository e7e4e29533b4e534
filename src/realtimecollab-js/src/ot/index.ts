export type { AttributeValue, Attributes } from './attributes.js';
export { OperationBuilder } from './builder.js';
export { ClientState, type ClientStatus, type OutgoingOperation } from './clientState.js';
export {
  isDelete,
  isInsert,
  lengthOf,
  type Component,
  type ContentItem,
  type Embed,
  type FormatComponent,
  type InsertComponent,
  type JsonValue,
} from './component.js';
export { diff } from './diff.js';
export { contentHash } from './document/contentHash.js';
export { Document, type ContentType, type LinePosition } from './document/document.js';
export type { RunVisitor } from './document/lookup.js';
export { documentDiff } from './documentDiff.js';
export { OperationError, type OperationErrorReason } from './errors.js';
export { TextOperation } from './operation.js';
export { transformPosition, transformSelection, type Selection, type SelectionRange } from './selection.js';
export type { TieBreak } from './transform.js';
export { UndoManager, type UndoOptions } from './undo/undoManager.js';
