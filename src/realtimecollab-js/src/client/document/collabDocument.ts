import {
  OperationBuilder,
  TextOperation,
  type Attributes,
  type ContentType,
  type Document,
  type Embed,
  type Selection,
} from '../../ot/index.js';
import type { DocumentRole } from '../../protocol/index.js';
import type { Unsubscribe } from '../emitter.js';
import type { ConflictResolution, DocumentConflict, DocumentContent, DocumentEvents, DocumentState } from './events.js';
import type { Person } from './people.js';
import type { DocumentSync } from './documentSync.js';
import type { DocumentVersions } from './versions.js';

/**
 * A document that several people edit at once. Edits apply to the local content at once and go to the server by
 * themselves, exactly once, whatever happens to the connection; others' edits come in as `change` events.
 * Positions and lengths are UTF-16 code units. Get one from `CollabClient.open`.
 */
export class CollabDocument {
  readonly #sync: DocumentSync;

  /** @internal */
  constructor(sync: DocumentSync) {
    this.#sync = sync;
  }

  get id(): string {
    return this.#sync.documentId;
  }

  get contentType(): ContentType {
    return this.snapshot.contentType;
  }

  /** The content as it is now, with the user's edits; a string for plain text, an array of inserts for rich text. */
  get content(): DocumentContent {
    return this.snapshot.toContent();
  }

  /** The content as text; an embed stands as U+FFFC. */
  get text(): string {
    return this.snapshot.toString();
  }

  /** The content as an immutable value, which costs nothing. */
  get snapshot(): Document {
    return this.#sync.local.replica.document;
  }

  /** In UTF-16 code units; an embed counts one. */
  get length(): number {
    return this.snapshot.length;
  }

  /** The last revision of the server that is in the content. */
  get revision(): number {
    return this.#sync.local.replica.revision;
  }

  /** Whether the user's edits are safe. */
  get state(): DocumentState {
    return this.#sync.state;
  }

  /** Whether it was closed, by the application or for good by the server; see the `closed` event. */
  get isClosed(): boolean {
    return this.#sync.isClosed;
  }

  /** Why it was closed: a word, or the code of an error; null while it is not. */
  get closedReason(): string | null {
    return this.#sync.closedReason;
  }

  /** Whether there are edits of which the server has not said that they are committed. */
  get hasUnsavedEdits(): boolean {
    return this.#sync.local.replica.hasUnsavedEdits;
  }

  /** What the user may do. */
  get role(): DocumentRole {
    return this.#sync.role;
  }

  /** Whether edits are refused here: the document was opened so, or the role does not allow them. */
  get readOnly(): boolean {
    return this.#sync.readOnly;
  }

  /** Who has the document open, this client included. */
  get people(): readonly Person[] {
    return this.#sync.local.people.list;
  }

  /** What stands in the way while {@link state} is `conflict`, else null. */
  get conflict(): DocumentConflict | null {
    return this.#sync.recovery.conflict;
  }

  /** The past of the document, and the way back. */
  get versions(): DocumentVersions {
    return this.#sync.versions;
  }

  /** How often the content was found to differ from the server's; see {@link ChecksumMismatch}. */
  get checksumMismatches(): number {
    return this.#sync.contentCheck.mismatches;
  }

  /** Listens to an event until the returned function is called. */
  on<Name extends keyof DocumentEvents>(name: Name, listener: (event: DocumentEvents[Name]) => void): Unsubscribe {
    return this.#sync.events.on(name, listener);
  }

  /**
   * Inserts text.
   * @throws {OperationError} if the position is outside of the document or within a surrogate pair.
   * @throws {CollabError} `permission_denied`, `session_not_found` if it is closed, or `document_too_large`.
   */
  insert(position: number, text: string, attributes: Attributes = {}): void {
    this.apply(new OperationBuilder().retain(position).insert(text, attributes).build());
  }

  /** Inserts an embed, such as an image; it has the length 1. For rich text alone. Throws as {@link insert}. */
  insertEmbed(position: number, embed: Embed, attributes: Attributes = {}): void {
    this.apply(new OperationBuilder().retain(position).insert(embed, attributes).build());
  }

  /** Replaces `length` units from `position` on. Throws as {@link insert}. */
  replace(position: number, length: number, text: string): void {
    this.apply(new OperationBuilder().retain(position).insert(text).delete(length).build());
  }

  /** Deletes `length` units from `position` on. Throws as {@link insert}. */
  delete(position: number, length: number): void {
    this.apply(new OperationBuilder().retain(position).delete(length).build());
  }

  /**
   * Sets attributes of `length` units from `position` on; null removes one. For rich text alone. Throws as {@link insert}.
   */
  format(position: number, length: number, attributes: Attributes): void {
    this.apply(new OperationBuilder().retain(position).retain(length, attributes).build());
  }

  /**
   * Applies an edit. One that ends early is completed.
   * @param edit an operation, or its wire form.
   * @param source comes back in the `change` event.
   * @throws {OperationError} if the edit does not fit; nothing is changed then.
   * @throws {CollabError} `permission_denied`, `session_not_found` if it is closed, or `document_too_large`.
   */
  apply(edit: TextOperation | readonly unknown[], source?: unknown): void {
    const operation = edit instanceof TextOperation ? edit : TextOperation.parse(edit);
    this.#sync.edit(operation.completeTo(this.length), source);
  }

  get canUndo(): boolean {
    return this.#sync.local.undo.canUndo;
  }

  get canRedo(): boolean {
    return this.#sync.local.undo.canRedo;
  }

  /** Takes back the user's last edit, and nothing of what others did. @returns whether there was one. */
  undo(): boolean {
    return this.#sync.revert('undo');
  }

  /** Does again what was undone last. @returns whether there was something. */
  redo(): boolean {
    return this.#sync.revert('redo');
  }

  /** The next edit starts a new step of undo, as after the caret was moved by hand. */
  endUndoStep(): void {
    this.#sync.local.undo.endStep();
  }

  /**
   * Tells others where the user's selections are; null when the editor has lost the focus. Sent at most 20 times a
   * second, and moved along with changes by itself.
   * @throws {RangeError} if a position is outside of the document.
   */
  select(selection: Selection | null): void {
    this.#sync.select(selection);
  }

  /** Where the user's own selections are, moved along with changes; null when there are none. */
  get selection(): Selection | null {
    return this.#sync.local.selection.current;
  }

  /**
   * Lets others' changes wait for as long as `mustWait` says so of the next one: for an editor that must not be
   * disturbed, as in the middle of a composition. It is asked before each of them, and may edit first. Edits of the user go
   * on as ever.
   * @param mustWait gets what the change does to the content as it is now.
   * @returns ends the holding.
   */
  holdWhile(mustWait: (operation: TextOperation) => boolean): Unsubscribe {
    return this.#sync.entries.holdWhile(mustWait);
  }

  /**
   * Ends the {@link conflict}, in one of three ways; does nothing without one. What is edited from now on is kept in each.
   * @throws {CollabServerError} `permission_denied`, where that is the conflict and the edits are not to be discarded.
   */
  resolveConflict(resolution: ConflictResolution): void {
    this.#sync.recovery.resolve(resolution);
  }

  /** Leaves the document. Edits that were not saved are in the `closed` event. */
  async close(): Promise<void> {
    await this.#sync.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
