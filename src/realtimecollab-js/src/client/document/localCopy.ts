import { documentDiff, TextOperation, UndoManager, type Document, type Selection } from '../../ot/index.js';
import type { CommittedOperation } from '../../protocol/index.js';
import type { Emitter } from '../emitter.js';
import type { ChangeOrigin, DocumentEvents } from './events.js';
import { LocalSelection } from './localSelection.js';
import { People } from './people.js';
import { Replica } from './replica.js';

/**
 * The document as the user sees it, with all that moves along with its text: undo, selections, people. Every change of
 * the content goes through here, and is told as a `change` event.
 */
export class LocalCopy {
  readonly replica: Replica;
  readonly people: People;
  readonly undo = new UndoManager();
  readonly selection = new LocalSelection();
  readonly #events: Emitter<DocumentEvents>;

  /** @param maxOperationBytes the largest operation that the server takes, in bytes of its JSON form. */
  constructor(clientId: string, maxOperationBytes: () => number, events: Emitter<DocumentEvents>) {
    this.replica = new Replica(maxOperationBytes);
    this.people = new People(clientId, this.replica, events);
    this.#events = events;
  }

  /** The user has edited. @throws {OperationError} if it does not fit; nothing is changed then. */
  edit(operation: TextOperation, source: unknown): void {
    const before = this.replica.document;
    this.replica.applyLocal(operation);
    this.undo.applyLocal(operation, before);
    this.#changed(operation, 'local', source);
  }

  /** Takes back the user's last edit, or does it again. @returns whether there was one. */
  revert(which: 'undo' | 'redo'): boolean {
    const operation = this.undo[which](this.replica.document);
    if (operation === null) return false;
    this.replica.applyLocal(operation);
    this.#changed(operation, which);
    return true;
  }

  /**
   * The next entry of the log.
   * @param userId the user, to tell whether the entry is the operation that was sent.
   * @throws {OperationError} if it does not fit.
   */
  take(entry: CommittedOperation, userId: string | undefined): void {
    const committed = TextOperation.parseArray(entry.operation);
    if (this.#isOwn(entry, userId)) {
      this.replica.acknowledge();
    } else {
      const operation = this.replica.applyRemote(committed);
      this.undo.applyRemote(operation);
      this.#changed(operation, 'remote', undefined, entry);
    }
    this.people.advance(committed);
  }

  /**
   * What the next entry of the log would do to the content; null if it is the operation that was sent, or does not fit.
   */
  preview(entry: CommittedOperation, userId: string | undefined): TextOperation | null {
    if (this.#isOwn(entry, userId)) return null;
    try {
      return this.replica.preview(TextOperation.parseArray(entry.operation));
    } catch {
      return null; // taking it says what is wrong
    }
  }

  /** What is here is to be {@link replace}d, edits that the server does not have included; those made from now on are kept. */
  giveUp(): void {
    this.replica.reset(this.replica.document, this.replica.revision);
  }

  /** Takes the server's content in place of what the pending edits were made on; they are carried over to it. */
  replace(document: Document, revision: number, isFirst: boolean): void {
    const operation = this.replica.replaceBase(documentDiff(this.replica.base, document), document, revision);
    this.people.reset();
    if (isFirst) return;
    this.undo.applyRemote(operation);
    this.#changed(operation, 'reload');
  }

  /** Takes the server's content as that on which all that is here was made, as one edit. */
  replaceUnder(document: Document, revision: number): void {
    const mine = this.replica.document;
    this.replica.reset(document, revision);
    const edit = documentDiff(document, mine);
    if (!edit.isNoop) this.replica.applyLocal(edit);
    this.people.reset();
  }

  /** @throws {RangeError} if a position is outside of the document. */
  select(selection: Selection | null): void {
    const positions = selection?.ranges.flatMap(({ anchor, head }) => [anchor, head]) ?? [];
    const outside = positions.find((position) => !(position >= 0 && position <= this.replica.document.length));
    if (outside !== undefined) throw new RangeError(`the position ${outside} is outside of the document`);
    this.selection.current = selection;
  }

  #isOwn({ operationId, userId }: CommittedOperation, ownUserId: string | undefined): boolean {
    return operationId === this.replica.outgoing?.operationId && userId === ownUserId;
  }

  #changed(operation: TextOperation, origin: ChangeOrigin, source?: unknown, entry?: CommittedOperation): void {
    this.people.transform(operation);
    this.selection.transform(operation);
    const author = entry && { userId: entry.userId, clientId: entry.clientId };
    this.#events.emit('change', { operation, origin, source, ...author });
  }
}
