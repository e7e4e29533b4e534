import { CollabError, type CollabDocument, type DocumentChange, type Unsubscribe } from '../../client/index.js';
import { OperationError, TextOperation, transformSelection } from '../../ot/index.js';
import { endOfLastChange, isWithinPair } from '../places.js';
import { undoKeys } from '../undoKeys.js';
import { ShownText } from '../shownText.js';

/** Keeps a field and a document the same. */
class TextareaBinding {
  readonly #field: HTMLTextAreaElement | HTMLInputElement;
  readonly #document: CollabDocument;
  readonly #ends: readonly Unsubscribe[];
  #shown: ShownText;
  #endComposition: Unsubscribe | undefined;

  constructor(field: HTMLTextAreaElement | HTMLInputElement, document: CollabDocument) {
    this.#field = field;
    this.#document = document;
    this.#shown = this.#render();
    field.value = this.#shown.text;
    const showReadOnly = (): void => void (field.readOnly = document.readOnly || document.isClosed);
    showReadOnly();
    this.#ends = [
      document.on('change', (change) => this.#changed(change)),
      document.on('role', showReadOnly),
      document.on('closed', showReadOnly),
      listen(field, 'input', () => this.#edited()),
      listen(field, 'compositionstart', () => (this.#endComposition ??= document.holdWhile(() => true))),
      listen(field, 'compositionend', () => this.#composed()),
      listen(field.ownerDocument, 'selectionchange', () => this.#tellSelection()),
      listen(field, 'focus', () => this.#tellSelection()),
      listen(field, 'blur', () => this.#tellSelection()),
      undoKeys(field, document, () => this.#edited()),
    ];
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#endComposition?.();
    if (!this.#document.isClosed) this.#document.select(null);
  }

  /** The field may show something else than before: tells the document. */
  #edited(): void {
    const { value } = this.#field;
    const { text } = this.#shown;
    if (value === text) return;
    const [start, oldEnd, newEnd] = differenceOf(text, value, this.#field.selectionEnd ?? value.length);
    const [from, to] = [this.#shown.toDocument(start), this.#shown.toDocument(oldEnd)];
    try {
      const { length } = this.#document;
      this.#document.apply(TextOperation.replace(length, from, to - from, value.slice(start, newEnd)), this);
      this.#shown = this.#render();
    } catch (error) {
      // the document does not take it (read-only, too long, half a character): the field shows what the document has
      if (!(error instanceof CollabError || error instanceof OperationError)) throw error;
    }
    if (this.#field.value !== this.#shown.text) this.#field.value = this.#shown.text;
    this.#tellSelection();
  }

  #composed(): void {
    this.#edited();
    this.#endComposition?.();
    this.#endComposition = undefined;
  }

  #changed({ operation, origin, source }: DocumentChange): void {
    if (source === this) return;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = this.#field;
    const before = this.#shown;
    this.#shown = this.#render();
    this.#field.value = this.#shown.text;
    if (origin === 'undo' || origin === 'redo') {
      const caret = this.#shown.fromDocument(endOfLastChange(operation));
      this.#field.setSelectionRange(caret, caret);
    } else if (selectionStart !== null && selectionEnd !== null) {
      const places = { anchor: before.toDocument(selectionStart), head: before.toDocument(selectionEnd) };
      const [range] = transformSelection({ ranges: [places] }, operation).ranges;
      const [start, end] = [range?.anchor ?? 0, range?.head ?? 0].map((place) => this.#shown.fromDocument(place));
      this.#field.setSelectionRange(start as number, end as number, selectionDirection ?? 'none');
    }
    this.#field.scrollTop = scrollTop;
  }

  #tellSelection(): void {
    const { ownerDocument, selectionStart, selectionEnd, selectionDirection } = this.#field;
    if (this.#document.isClosed || this.#field.value !== this.#shown.text) return;
    if (ownerDocument.activeElement !== this.#field || selectionStart === null || selectionEnd === null) {
      this.#document.select(null);
      return;
    }
    const [start, end] = [selectionStart, selectionEnd].map((place) => this.#shown.toDocument(place));
    const range = { anchor: start as number, head: end as number };
    const isBackward = selectionDirection === 'backward';
    this.#document.select({ ranges: [isBackward ? { anchor: range.head, head: range.anchor } : range] });
  }

  #render(): ShownText {
    return new ShownText(this.#document.text, this.#field.tagName === 'INPUT');
  }
}

/**
 * Makes a plain `<textarea>`, or a text `<input>`, an editor of the document. Others' changes come in around the user's
 * caret; where others are a field cannot show. Undo (Mod-z, Mod-y, Mod-Shift-z) takes back the user's own edits only.
 * @returns ends it.
 * @throws {TypeError} if the document is rich text, which a field cannot show.
 */
export function bindTextarea(field: HTMLTextAreaElement | HTMLInputElement, document: CollabDocument): Unsubscribe {
  if (document.contentType !== 'text') throw new TypeError('a field edits plain text; this document is rich text');
  const binding = new TextareaBinding(field, document);
  return () => binding.destroy();
}

/**
 * The part in which two texts differ, in whole characters: where it starts, where it ends in the old one, and in the new.
 * @param caret where the new part ends as far as one can tell, which decides between equal neighbours.
 */
function differenceOf(before: string, after: string, caret: number): [start: number, oldEnd: number, newEnd: number] {
  const longestEnd = Math.min(after.length - caret, before.length);
  let end = 0;
  while (end < longestEnd && before.at(-1 - end) === after.at(-1 - end)) end++;
  const longestStart = Math.min(before.length, after.length) - end;
  let start = 0;
  while (start < longestStart && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (isWithinPair(before, start) || isWithinPair(after, start)) start--;
  if (isWithinPair(before, before.length - end) || isWithinPair(after, after.length - end)) end--;
  return [start, before.length - end, after.length - end];
}

function listen(target: EventTarget, name: string, listener: () => void): Unsubscribe {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
