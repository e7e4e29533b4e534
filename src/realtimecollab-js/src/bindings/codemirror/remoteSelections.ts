import { EditorSelection, type Extension } from '@codemirror/state';
import { layer, RectangleMarker, type EditorView, type LayerMarker, type ViewUpdate } from '@codemirror/view';
import type { CollabDocument, Person } from '../../client/index.js';
import { peopleChanged } from './sync.js';

/** Above a line there is room for a flag only where there is a line above. */
const FLAG_HEIGHT = 20;

/** Somebody's caret with the name on a flag. Drawn over the text, not in it, so that typing and IMEs are not disturbed. */
class CaretMarker implements LayerMarker {
  constructor(
    readonly person: Person,
    readonly left: number,
    readonly top: number,
    readonly height: number,
  ) {}

  eq(other: LayerMarker): boolean {
    return (
      other instanceof CaretMarker &&
      other.left === this.left &&
      other.top === this.top &&
      other.height === this.height &&
      other.person.color === this.person.color &&
      other.person.userName === this.person.userName
    );
  }

  draw(): HTMLElement {
    const caret = document.createElement('div');
    const flag = caret.appendChild(document.createElement('span'));
    flag.className = 'rc-flag';
    this.#place(caret);
    return caret;
  }

  update(caret: HTMLElement, previous: LayerMarker): boolean {
    if (!(previous instanceof CaretMarker) || previous.person.clientId !== this.person.clientId) return false;
    this.#place(caret);
    restartAnimations(caret);
    return true;
  }

  #place(caret: HTMLElement): void {
    const { person, left, top, height } = this;
    caret.className = top < FLAG_HEIGHT ? 'rc-caret rc-caret-below' : 'rc-caret';
    caret.dataset['clientId'] = person.clientId;
    caret.style.cssText = `left:${left}px;top:${top}px;height:${height}px`;
    caret.style.setProperty('--rc-color', person.color);
    (caret.firstElementChild as HTMLElement).textContent = person.userName;
  }
}

/** A piece of somebody's selected text. */
class SelectionMarker implements LayerMarker {
  constructor(
    readonly color: string,
    readonly rectangle: RectangleMarker,
  ) {}

  eq(other: LayerMarker): boolean {
    return other instanceof SelectionMarker && other.color === this.color && other.rectangle.eq(this.rectangle);
  }

  draw(): HTMLElement {
    const element = this.rectangle.draw();
    element.style.setProperty('--rc-color', this.color);
    return element;
  }
}

/** Shows where others are, in their colours and with their names. */
export function remoteSelections(collabDocument: CollabDocument): Extension {
  const update = ({ docChanged, viewportChanged, transactions }: ViewUpdate): boolean =>
    docChanged ||
    viewportChanged ||
    transactions.some((transaction) => transaction.effects.some((effect) => effect.is(peopleChanged)));
  return [
    layer({ above: false, class: 'rc-selections', update, markers: (view) => selectionMarkers(view, collabDocument) }),
    layer({ above: true, class: 'rc-carets', update, markers: (view) => caretMarkers(view, collabDocument) }),
  ];
}

function selectionMarkers(view: EditorView, { people }: CollabDocument): LayerMarker[] {
  return rangesOf(view, people).flatMap(({ person, anchor, head }) => {
    if (anchor === head) return [];
    const rectangles = RectangleMarker.forRange(view, 'rc-selection', EditorSelection.range(anchor, head));
    return rectangles.map((rectangle) => new SelectionMarker(person.color, rectangle));
  });
}

function caretMarkers(view: EditorView, { people }: CollabDocument): LayerMarker[] {
  return rangesOf(view, people).flatMap(({ person, head }) => {
    const [place] = RectangleMarker.forRange(view, '', EditorSelection.cursor(head));
    return place === undefined ? [] : [new CaretMarker(person, place.left, place.top, place.height)];
  });
}

/** The ranges of all others that lie in the text that is shown. */
function rangesOf(
  { state }: EditorView,
  people: readonly Person[],
): { person: Person; anchor: number; head: number }[] {
  return people.flatMap((person) =>
    (person.selection?.ranges ?? [])
      .filter(({ anchor, head }) => Math.max(anchor, head) <= state.doc.length)
      .map(({ anchor, head }) => ({ person, anchor, head })),
  );
}

/** The name shows for a moment whenever its caret moves. */
function restartAnimations(caret: HTMLElement): void {
  for (const animation of caret.getAnimations?.({ subtree: true }) ?? []) {
    animation.cancel();
    animation.play();
  }
}
