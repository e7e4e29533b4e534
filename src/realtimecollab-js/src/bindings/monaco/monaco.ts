import { CollabError, type CollabDocument, type DocumentChange, type Unsubscribe } from '../../client/index.js';
import { OperationError, transformSelection, type Selection, type SelectionRange } from '../../ot/index.js';
import { endOfLastChange } from '../places.js';
import { ShownText } from '../shownText.js';
import { undoKeys } from '../undoKeys.js';
import { editsOf, operationOf, type ShownChange } from './changes.js';
import { RemoteSelections } from './remoteSelections.js';
import type { Disposable, MonacoEditor, MonacoModel, MonacoSelection } from './types.js';

/** Keeps an editor and a document the same. */
class MonacoBinding {
  readonly #editor: MonacoEditor;
  readonly #model: MonacoModel;
  readonly #document: CollabDocument;
  readonly #remoteSelections: RemoteSelections;
  readonly #ends: readonly (Unsubscribe | Disposable)[];
  /** What the editor shows. */
  #shown = new ShownText('', false);
  /** The editor is being made to follow the document. */
  #isFollowing = false;
  #endComposition: Unsubscribe | undefined;

  constructor(editor: MonacoEditor, model: MonacoModel, document: CollabDocument) {
    this.#editor = editor;
    this.#model = model;
    this.#document = document;
    this.#remoteSelections = new RemoteSelections(editor, model, document);
    this.#showAll();
    const showReadOnly = (): void => editor.updateOptions({ readOnly: document.readOnly || document.isClosed });
    showReadOnly();
    const tellSelection = (): void => this.#tellSelection();
    this.#ends = [
      document.on('change', (change) => this.#changed(change)),
      document.on('people', () => this.#remoteSelections.show(this.#shown)),
      document.on('role', showReadOnly),
      document.on('closed', showReadOnly),
      model.onDidChangeContent(({ changes }) => this.#edited(changes)),
      editor.onDidChangeCursorSelection(tellSelection),
      editor.onDidFocusEditorText(tellSelection),
      editor.onDidBlurEditorText(tellSelection),
      editor.onDidCompositionStart(() => (this.#endComposition ??= document.holdWhile(() => true))),
      editor.onDidCompositionEnd(() => this.#composed()),
      undoKeys(editor.getContainerDomNode(), document, () => undefined),
    ];
  }

  destroy(): void {
    for (const end of this.#ends) {
      if (typeof end === 'function') end();
      else end.dispose();
    }
    this.#endComposition?.();
    this.#remoteSelections.destroy();
    if (!this.#document.isClosed) this.#document.select(null);
  }

  #composed(): void {
    this.#endComposition?.();
    this.#endComposition = undefined;
  }

  #edited(changes: readonly ShownChange[]): void {
    if (this.#isFollowing) return;
    try {
      this.#document.apply(operationOf(changes, this.#shown, this.#document.length), this);
      this.#shown = new ShownText(this.#document.text, false);
    } catch (error) {
      // the document does not take it (read-only, too long, half a character): the editor shows what the document has
      if (!(error instanceof CollabError || error instanceof OperationError)) throw error;
    }
    if (this.#model.getValueLength() !== this.#shown.text.length) queueMicrotask(() => this.#showAll());
    else this.#tellSelection();
    this.#remoteSelections.show(this.#shown);
  }

  #changed({ operation, origin, source }: DocumentChange): void {
    if (source === this) return;
    const isOwn = origin === 'undo' || origin === 'redo';
    const before = this.#shown;
    const places = this.#places();
    this.#shown = new ShownText(this.#document.text, false);
    this.#follow(() => this.#model.applyEdits(editsOf(operation, before, this.#model)));
    if (this.#model.getValueLength() !== this.#shown.text.length) this.#showAll();
    const caret = endOfLastChange(operation);
    // as the server moves it, so that it need not be told
    const moved = isOwn ? { ranges: [{ anchor: caret, head: caret }] } : transformSelection(places, operation);
    this.#follow(() => this.#editor.setSelections(moved.ranges.map((range) => this.#toEditor(range))));
    this.#remoteSelections.show(this.#shown);
  }

  /** Makes the editor's text that of the document. */
  #showAll(): void {
    this.#shown = new ShownText(this.#document.text, false);
    this.#follow(() => {
      this.#model.setEOL(0);
      if (this.#model.getValue() !== this.#shown.text) this.#model.setValue(this.#shown.text);
    });
  }

  #follow(action: () => void): void {
    this.#isFollowing = true;
    try {
      action();
    } finally {
      this.#isFollowing = false;
    }
  }

  #tellSelection(): void {
    if (this.#isFollowing || this.#document.isClosed) return;
    if (this.#model.getValueLength() !== this.#shown.text.length) return;
    this.#document.select(this.#editor.hasTextFocus() ? this.#places() : null);
  }

  /** The editor's selections, in the document that is shown. */
  #places(): Selection {
    const place = (lineNumber: number, column: number): number =>
      this.#shown.toDocument(this.#model.getOffsetAt({ lineNumber, column }));
    const ranges = (this.#editor.getSelections() ?? []).map((selection) => ({
      anchor: place(selection.selectionStartLineNumber, selection.selectionStartColumn),
      head: place(selection.positionLineNumber, selection.positionColumn),
    }));
    return { ranges: ranges.length === 0 ? [{ anchor: 0, head: 0 }] : ranges };
  }

  #toEditor({ anchor, head }: SelectionRange): MonacoSelection {
    const [start, end] = [anchor, head].map((place) => this.#model.getPositionAt(this.#shown.fromDocument(place)));
    return {
      selectionStartLineNumber: start?.lineNumber ?? 1,
      selectionStartColumn: start?.column ?? 1,
      positionLineNumber: end?.lineNumber ?? 1,
      positionColumn: end?.column ?? 1,
    };
  }
}

/**
 * Makes a Monaco editor an editor of the document, with the carets, selections and names of others. Its line ends are "\n";
 * a "\r\n" of the document stays one. Undo (Mod-z, Mod-y, Mod-Shift-z) takes back the user's own edits only.
 * @param editor with a model of its own, such as `monaco.editor.create(element, { language: 'typescript' })`.
 * @returns ends it; the editor keeps its text.
 * @throws {TypeError} if the document is rich text, or the editor has no model.
 */
export function bindMonaco(editor: MonacoEditor, document: CollabDocument): Unsubscribe {
  if (document.contentType !== 'text') throw new TypeError('Monaco edits plain text; this document is rich text');
  const model = editor.getModel();
  if (model === null) throw new TypeError('the editor has no model');
  const binding = new MonacoBinding(editor, model, document);
  return () => binding.destroy();
}
