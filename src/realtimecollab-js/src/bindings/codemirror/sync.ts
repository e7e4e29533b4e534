import { Annotation, Compartment, EditorSelection, EditorState, StateEffect, Transaction } from '@codemirror/state';
import { ViewPlugin, type EditorView, type PluginValue, type ViewUpdate } from '@codemirror/view';
import { CollabError, type CollabDocument, type DocumentChange, type Unsubscribe } from '../../client/index.js';
import { OperationError, transformSelection, type TextOperation } from '../../ot/index.js';
import { endOfLastChange } from '../places.js';
import { changesOf, operationOf, replacement } from './changes.js';

/** Marks the transactions that bring changes of the document into the editor. */
const fromDocument = Annotation.define<true>();

/** Says that the list of people has changed, so that carets are drawn anew. */
export const peopleChanged = StateEffect.define<null>();

const readOnly = new Compartment();

/**
 * Keeps an editor and a document the same: each change of the one is made in the other before anything else happens,
 * so that positions in both always mean the same.
 */
class DocumentBinding implements PluginValue {
  readonly #view: EditorView;
  readonly #document: CollabDocument;
  readonly #subscriptions: readonly Unsubscribe[];
  #isDestroyed = false;
  /** The editor shows something that the document did not take; what it has comes in a moment. */
  #isAstray: boolean;

  constructor(view: EditorView, document: CollabDocument) {
    this.#view = view;
    this.#document = document;
    this.#isAstray = view.state.doc.toString() !== document.text;
    this.#subscriptions = [
      document.on('change', (change) => this.#changed(change)),
      document.on('people', () => this.#later(() => view.dispatch({ effects: peopleChanged.of(null) }))),
      document.on('role', () => this.#later(() => this.#showReadOnly())),
      document.on('closed', () => this.#later(() => this.#showReadOnly())),
    ];
    this.#later(() => {
      this.#showDocument();
      this.#showReadOnly();
    });
  }

  update(update: ViewUpdate): void {
    if (update.docChanged && !this.#isAstray) this.#edited(update.transactions);
    if (update.selectionSet || update.focusChanged || update.docChanged) this.#tellSelection(update);
  }

  destroy(): void {
    this.#isDestroyed = true;
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    if (!this.#document.isClosed) this.#document.select(null);
  }

  /** The user has edited. */
  #edited(transactions: readonly Transaction[]): void {
    try {
      for (const transaction of transactions) {
        if (!transaction.docChanged || transaction.annotation(fromDocument)) continue;
        this.#document.apply(operationOf(transaction.changes, transaction.startState.doc), this);
      }
    } catch (error) {
      // the document does not take it (read-only, too long, half a character): the editor shows what the document has
      if (!(error instanceof CollabError || error instanceof OperationError)) throw error;
      this.#isAstray = true;
      this.#later(() => this.#showDocument());
    }
  }

  /** The document was changed by somebody else, by undo, or through another editor. */
  #changed({ operation, origin, source }: DocumentChange): void {
    if (source === this || this.#isAstray) return;
    const isOwn = origin === 'undo' || origin === 'redo';
    this.#show(operation, isOwn);
  }

  #show(operation: TextOperation, isOwn: boolean): void {
    const { selection } = this.#view.state;
    this.#view.dispatch({
      changes: changesOf(operation),
      // as the server moves it, so that it need not be told
      selection: isOwn ? EditorSelection.cursor(endOfLastChange(operation)) : moved(selection, operation),
      scrollIntoView: isOwn,
      annotations: [fromDocument.of(true), Transaction.addToHistory.of(false), Transaction.remote.of(!isOwn)],
    });
  }

  /** Makes the editor's text that of the document, if it is another. */
  #showDocument(): void {
    const changes = replacement(this.#view.state.doc.toString(), this.#document.text);
    if (changes !== null) {
      this.#view.dispatch({ changes, annotations: [fromDocument.of(true), Transaction.addToHistory.of(false)] });
    }
    this.#isAstray = false;
  }

  #showReadOnly(): void {
    const isReadOnly = this.#document.readOnly || this.#document.isClosed;
    this.#view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) });
  }

  #tellSelection({ state, view }: ViewUpdate): void {
    if (this.#isAstray || state.doc.length !== this.#document.length || this.#document.isClosed) return;
    const ranges = state.selection.ranges.map(({ anchor, head }) => ({ anchor, head }));
    this.#document.select(view.hasFocus ? { ranges } : null);
  }

  /** An editor takes no transaction while it is being updated. */
  #later(action: () => void): void {
    queueMicrotask(() => {
      if (!this.#isDestroyed) action();
    });
  }
}

function moved(selection: EditorSelection, operation: TextOperation): EditorSelection {
  const { ranges } = transformSelection({ ranges: selection.ranges }, operation);
  return EditorSelection.create(
    ranges.map(({ anchor, head }) => EditorSelection.range(anchor, head)),
    selection.mainIndex,
  );
}

/** The editor's text is the document's, and the other way round. */
export function syncWith(document: CollabDocument) {
  return [
    readOnly.of(EditorState.readOnly.of(document.readOnly)),
    ViewPlugin.define((view) => new DocumentBinding(view, document)),
  ];
}
