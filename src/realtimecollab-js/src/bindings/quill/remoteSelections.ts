import type Quill from 'quill';
import type { CollabDocument, Person, Unsubscribe } from '../../client/index.js';

/** Above a line there is room for a flag only where there is a line above, in pixels. */
const FLAG_HEIGHT = 20;

const SELECTION = 'position:absolute;border-radius:2px;background:color-mix(in srgb, var(--rc-color) 28%, transparent)';
const CARET = 'position:absolute;width:2px;margin-left:-1px;background:var(--rc-color)';
const FLAG =
  'position:absolute;left:0;padding:1px 6px 2px;background:var(--rc-color);color:#fff;white-space:nowrap;' +
  'font:600 11px/1.3 system-ui,sans-serif;text-shadow:0 0 2px rgb(0 0 0 / 0.45)';
const FLAG_ABOVE = 'bottom:100%;border-radius:6px 6px 6px 0';
const FLAG_BELOW = 'top:100%;border-radius:0 6px 6px 6px';

/** Shows where others are, in their colours and with their names. Drawn over the text, not in it. */
export class RemoteSelections {
  readonly #quill: Quill;
  readonly #document: CollabDocument;
  readonly #layer: HTMLElement;
  readonly #ends: readonly Unsubscribe[];
  #frame: number | undefined;

  constructor(quill: Quill, document: CollabDocument) {
    this.#quill = quill;
    this.#document = document;
    this.#layer = quill.addContainer('rc-layer');
    this.#layer.style.cssText = 'position:absolute;inset:0;overflow:hidden;pointer-events:none';
    this.#layer.setAttribute('aria-hidden', 'true');
    const place = (): void => this.place();
    quill.root.addEventListener('scroll', place);
    const resizes = new ResizeObserver(place);
    resizes.observe(quill.root);
    this.#ends = [
      document.on('people', place),
      () => quill.root.removeEventListener('scroll', place),
      () => resizes.disconnect(),
    ];
  }

  /** Draws them anew before the next frame. */
  place(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  destroy(): void {
    for (const end of this.#ends) end();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#layer.remove();
  }

  #draw(): void {
    const marks: HTMLElement[] = [];
    for (const person of this.#document.people) {
      for (const { anchor, head } of person.selection?.ranges ?? []) {
        if (Math.max(anchor, head) > this.#quill.getLength()) continue;
        marks.push(...this.#selected(person, Math.min(anchor, head), Math.max(anchor, head)));
        marks.push(...this.#caret(person, head));
      }
    }
    this.#layer.replaceChildren(...marks);
  }

  #selected(person: Person, start: number, end: number): HTMLElement[] {
    if (start === end) return [];
    const [from, to] = [this.#pointAt(start), this.#pointAt(end)];
    if (from === null || to === null) return [];
    const range = this.#layer.ownerDocument.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    const origin = this.#layer.getBoundingClientRect();
    return Array.from(range.getClientRects(), ({ left, top, width, height }) =>
      this.#mark('rc-selection', person, SELECTION, left - origin.left, top - origin.top, height, width),
    );
  }

  #caret(person: Person, index: number): HTMLElement[] {
    const bounds = this.#quill.getBounds(index);
    if (bounds === null) return [];
    const caret = this.#mark('rc-caret', person, CARET, bounds.left, bounds.top, bounds.height);
    const flag = caret.appendChild(this.#layer.ownerDocument.createElement('span'));
    flag.className = 'rc-flag';
    flag.style.cssText = `${FLAG};${bounds.top < FLAG_HEIGHT ? FLAG_BELOW : FLAG_ABOVE}`;
    flag.textContent = person.userName;
    return [caret];
  }

  #mark(
    className: string,
    { color, clientId }: Person,
    style: string,
    left: number,
    top: number,
    height: number,
    width?: number,
  ): HTMLElement {
    const mark = this.#layer.ownerDocument.createElement('div');
    mark.className = className;
    mark.dataset['clientId'] = clientId;
    mark.style.cssText = `${style};left:${left}px;top:${top}px;height:${height}px`;
    if (width !== undefined) mark.style.width = `${width}px`;
    mark.style.setProperty('--rc-color', color);
    return mark;
  }

  #pointAt(index: number): [node: Node, offset: number] | null {
    const [leaf, offset] = this.#quill.getLeaf(index);
    return leaf === null ? null : leaf.position(offset, true);
  }
}
