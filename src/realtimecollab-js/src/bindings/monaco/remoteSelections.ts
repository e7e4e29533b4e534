import type { CollabDocument, Person } from '../../client/index.js';
import type { ShownText } from '../shownText.js';
import { rangeOf } from './changes.js';
import type { MonacoEditor, MonacoModel, MonacoPosition, MonacoRange, MonacoWidget } from './types.js';

const CARET =
  'width:2px;margin-left:-1px;height:1.3em;background:var(--rc-color);pointer-events:none;position:relative';
const FLAG =
  'position:absolute;left:0;bottom:100%;padding:1px 6px 2px;border-radius:6px 6px 6px 0;background:var(--rc-color);' +
  'color:#fff;white-space:nowrap;font:600 11px/1.3 system-ui,sans-serif;text-shadow:0 0 2px rgb(0 0 0 / 0.45)';

/** Exactly where the position is, above the text. */
const EXACT = 0;

/** Somebody's caret with the name on a flag. */
class CaretWidget implements MonacoWidget {
  readonly #id: string;
  readonly #node: HTMLElement;
  readonly #position: MonacoPosition;

  constructor(id: string, { userName, color, clientId }: Person, position: MonacoPosition, owner: Document) {
    this.#id = id;
    this.#position = position;
    this.#node = owner.createElement('div');
    this.#node.className = 'rc-caret';
    this.#node.dataset['clientId'] = clientId;
    this.#node.style.cssText = CARET;
    this.#node.style.setProperty('--rc-color', color);
    const flag = this.#node.appendChild(owner.createElement('span'));
    flag.className = 'rc-flag';
    flag.style.cssText = FLAG;
    flag.textContent = userName;
  }

  getId(): string {
    return this.#id;
  }

  getDomNode(): HTMLElement {
    return this.#node;
  }

  getPosition(): ReturnType<MonacoWidget['getPosition']> {
    return { position: this.#position, preference: [EXACT] };
  }
}

/** Shows where others are, in their colours and with their names. */
export class RemoteSelections {
  readonly #editor: MonacoEditor;
  readonly #model: MonacoModel;
  readonly #document: CollabDocument;
  readonly #decorations: ReturnType<MonacoEditor['createDecorationsCollection']>;
  readonly #colors = new Set<string>();
  readonly #sheet: CSSStyleSheet;
  #carets: CaretWidget[] = [];

  constructor(editor: MonacoEditor, model: MonacoModel, document: CollabDocument) {
    this.#editor = editor;
    this.#model = model;
    this.#document = document;
    this.#decorations = editor.createDecorationsCollection([]);
    this.#sheet = new CSSStyleSheet();
    const owner = editor.getContainerDomNode().ownerDocument;
    owner.adoptedStyleSheets = [...owner.adoptedStyleSheets, this.#sheet];
  }

  /** Draws them anew in what is shown. */
  show(shown: ShownText): void {
    this.#removeCarets();
    const decorations: { range: MonacoRange; options: { className: string } }[] = [];
    for (const person of this.#document.people) {
      for (const { anchor, head } of person.selection?.ranges ?? []) {
        const [start, end] = [anchor, head].map((place) => shown.fromDocument(place)) as [number, number];
        const range = rangeOf(this.#model, Math.min(start, end), Math.max(start, end));
        if (start !== end) decorations.push({ range, options: { className: this.#classOf(person) } });
        this.#addCaret(person, this.#model.getPositionAt(end));
      }
    }
    this.#decorations.set(decorations);
  }

  destroy(): void {
    this.#removeCarets();
    this.#decorations.clear();
    const owner = this.#editor.getContainerDomNode().ownerDocument;
    owner.adoptedStyleSheets = owner.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  #addCaret(person: Person, position: MonacoPosition): void {
    const id = `rc-caret-${person.clientId}-${this.#carets.length}`;
    const caret = new CaretWidget(id, person, position, this.#editor.getContainerDomNode().ownerDocument);
    this.#carets.push(caret);
    this.#editor.addContentWidget(caret);
  }

  #removeCarets(): void {
    for (const caret of this.#carets) this.#editor.removeContentWidget(caret);
    this.#carets = [];
  }

  /** Monaco draws selections by classes: one for each colour. */
  #classOf({ color }: Person): string {
    const name = `rc-selection-${color.replace(/[^0-9A-Za-z]/g, '')}`;
    if (!this.#colors.has(name)) {
      this.#colors.add(name);
      this.#sheet.insertRule(`.${name} { background: color-mix(in srgb, ${color} 28%, transparent); }`);
    }
    return `rc-selection ${name}`;
  }
}
