import type Quill from 'quill';
import { CollabError, type CollabDocument, type DocumentChange, type Unsubscribe } from '../../client/index.js';
import { Document, documentDiff, OperationError, transformSelection, type TextOperation } from '../../ot/index.js';
import { endOfLastChange } from '../places.js';
import { deltaOf, operationOf, shownLength, wholeDelta, type DeltaOp } from './deltas.js';
import { RemoteSelections } from './remoteSelections.js';
import { replaceHistory } from './undo.js';

/** A selection of Quill: `index` and `length` in its text. */
interface QuillRange {
  readonly index: number;
  readonly length: number;
}

/** Keeps Quill and a document the same. */
class QuillBinding {
  readonly #quill: Quill;
  readonly #document: CollabDocument;
  readonly #ends: readonly Unsubscribe[];
  readonly #remoteSelections: RemoteSelections;
  /** What Quill shows, without the line end that it adds. */
  #shown: Document;
  /** Quill is being made to follow the document. */
  #isFollowing = false;
  /** Quill has made something else of what it was given: its text is to be compared as a whole. */
  #isAstray = false;
  #endComposition: Unsubscribe | undefined;

  constructor(quill: Quill, document: CollabDocument) {
    this.#quill = quill;
    this.#document = document;
    this.#shown = document.snapshot;
    this.#remoteSelections = new RemoteSelections(quill, document);
    this.#showAll();
    const showReadOnly = (): void => quill.enable(!document.readOnly && !document.isClosed);
    showReadOnly();
    this.#ends = [
      document.on('change', (change) => this.#changed(change)),
      document.on('role', showReadOnly),
      document.on('closed', showReadOnly),
      // what was typed and not yet noticed comes before what others did
      document.holdWhile(() => (this.#flush(), false)),
      listen(quill, 'editor-change', (name, value) => this.#editorChanged(name, value)),
      listen(quill, 'composition-start', () => (this.#endComposition ??= document.holdWhile(() => true))),
      listen(quill, 'composition-end', () => this.#composed()),
      replaceHistory(quill, document, () => this.#flush()),
    ];
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#endComposition?.();
    this.#remoteSelections.destroy();
    if (!this.#document.isClosed) this.#document.select(null);
  }

  // From Quill

  #flush(): void {
    this.#quill.update('user');
  }

  #composed(): void {
    this.#endComposition?.();
    this.#endComposition = undefined;
  }

  #editorChanged(name: unknown, value: unknown): void {
    if (this.#isFollowing) return;
    if (name === 'text-change') this.#edited((value as { readonly ops: readonly DeltaOp[] }).ops);
    else this.#tellSelection(value as QuillRange | null);
  }

  /** The user, or the page, has changed Quill's text. */
  #edited(delta: readonly DeltaOp[]): void {
    try {
      const operation = this.#isAstray ? this.#difference() : operationOf(delta, this.#document.snapshot);
      this.#document.apply(operation, this);
      this.#shown = this.#document.snapshot;
      this.#isAstray = this.#quill.getLength() !== shownLength(this.#shown);
    } catch (error) {
      // the document does not take it (read-only, too long, half a character): Quill shows what the document has
      if (!(error instanceof CollabError || error instanceof OperationError)) throw error;
      this.#showAll();
    }
    this.#tellSelection(this.#quill.getSelection());
    this.#remoteSelections.place();
  }

  /** From the document to Quill's text. */
  #difference(): TextOperation {
    return documentDiff(this.#document.snapshot, Document.fromContent(this.#quill.getContents().ops));
  }

  #tellSelection(range: QuillRange | null): void {
    if (this.#document.isClosed || this.#isAstray) return;
    const { length } = this.#document;
    const place = (position: number): number => Math.min(position, length);
    const ranges = range && [{ anchor: place(range.index), head: place(range.index + range.length) }];
    this.#document.select(ranges && { ranges });
  }

  // From the document

  #changed({ operation, origin, source }: DocumentChange): void {
    if (source === this) return;
    const isOwn = origin === 'undo' || origin === 'redo';
    const [before, after] = [this.#shown, this.#document.snapshot];
    this.#shown = after;
    const isInStep = !this.#isAstray && this.#quill.getLength() === shownLength(before);
    const range = this.#quill.getSelection();
    if (isInStep)
      this.#follow(() => this.#quill.updateContents(deltaOf(operation, before, after, this.#isKnown), 'api'));
    if (!isInStep || this.#quill.getLength() !== shownLength(after)) this.#showAll();
    if (range !== null) this.#select(isOwn ? caretAt(endOfLastChange(operation)) : moved(range, operation));
    this.#remoteSelections.place();
  }

  /** Makes Quill's text that of the document. */
  #showAll(): void {
    this.#shown = this.#document.snapshot;
    this.#follow(() => this.#quill.setContents(wholeDelta(this.#shown, this.#isKnown), 'api'));
    this.#isAstray = this.#quill.getLength() !== shownLength(this.#shown);
  }

  #follow(action: () => void): void {
    this.#isFollowing = true;
    try {
      action();
    } finally {
      this.#isFollowing = false;
    }
  }

  /** As the server moves it, so that it need not be told. */
  #select({ index, length }: QuillRange): void {
    this.#follow(() => this.#quill.setSelection(index, length, 'silent'));
  }

  readonly #isKnown = (embed: string): boolean => {
    // Quill's formulas need KaTeX, which a page may leave out
    if (embed === 'formula' && !('katex' in globalThis)) return false;
    return this.#quill.scroll.query(embed) !== null;
  };
}

/**
 * Makes a Quill 2 editor an editor of the document: text, all formats and embeds that the editor has, with the carets and
 * selections of others over it. Undo (Mod-z, Mod-y, Mod-Shift-z, `quill.history`) takes back the user's own edits only.
 *
 * ```ts
 * const letter = await client.open('letter', { contentType: 'richText', initialText: '\n' });
 * const end = bindQuill(new Quill('#editor', { theme: 'snow' }), letter);
 * ```
 *
 * A Quill text ends with a line end: create documents with it, as above. Formats that this editor does not have are kept
 * in the document and not shown; embeds that it does not have show as U+FFFC.
 * @returns ends it; the editor keeps its text.
 * @throws {TypeError} if the document is plain text, which cannot hold formats.
 */
export function bindQuill(quill: Quill, document: CollabDocument): Unsubscribe {
  if (document.contentType !== 'richText') throw new TypeError('Quill edits rich text; this document is plain text');
  const binding = new QuillBinding(quill, document);
  return () => binding.destroy();
}

function caretAt(index: number): QuillRange {
  return { index, length: 0 };
}

function moved({ index, length }: QuillRange, operation: TextOperation): QuillRange {
  const { ranges } = transformSelection({ ranges: [{ anchor: index, head: index + length }] }, operation);
  const { anchor, head } = ranges[0] as { anchor: number; head: number };
  return { index: anchor, length: head - anchor };
}

function listen(quill: Quill, name: string, listener: (first: unknown, second: unknown) => void): Unsubscribe {
  quill.on(name as 'editor-change', listener as never);
  return () => void quill.off(name as 'editor-change', listener as never);
}
