/**
 * The text of a document as a field shows it. A textarea ends its lines with "\n" alone, so that the "\r" of "\r\n" is
 * hidden in it; an input has one line and hides both. Positions count what is shown, or the document's units.
 */
export class ShownText {
  readonly text: string;
  /** Where in the document the units are that are not shown, ascending. */
  readonly #hidden: readonly number[];

  constructor(documentText: string, isSingleLine: boolean) {
    const unseen = isSingleLine ? /[\r\n]/g : /\r(?=\n)/g;
    this.#hidden = Array.from(documentText.matchAll(unseen), ({ index }) => index);
    this.text = documentText.replace(unseen, '').replaceAll('\r', '\n');
  }

  /** Where something that is shown is in the document; where something hidden is, that is before it. */
  toDocument(position: number): number {
    let result = position;
    for (const hidden of this.#hidden) {
      if (hidden >= result) break;
      result++;
    }
    return result;
  }

  /** Where a position of the document is shown. */
  fromDocument(position: number): number {
    return position - this.#hidden.filter((hidden) => hidden < position).length;
  }
}
