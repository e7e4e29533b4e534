import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView, type PluginValue } from '@codemirror/view';
import type { CollabDocument, Unsubscribe } from '../../client/index.js';
import { isInsert, lengthOf, type TextOperation } from '../../ot/index.js';

/** After a composition the editor reads the page's text once more; nothing must change it before, in milliseconds. */
const SETTLE_MS = 100;

/** A change in the line in which an input method composes would end the composition: it waits until that is done. */
class CompositionGuard implements PluginValue {
  readonly #view: EditorView;
  readonly #document: CollabDocument;
  #release: Unsubscribe | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView, document: CollabDocument) {
    this.#view = view;
    this.#document = document;
  }

  begin(): void {
    clearTimeout(this.#timer);
    this.#release ??= this.#document.holdWhile((operation) => this.#touchesLine(operation));
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.destroy(), SETTLE_MS);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#release?.();
    this.#release = undefined;
  }

  #touchesLine({ components }: TextOperation): boolean {
    const { doc, selection } = this.#view.state;
    const line = doc.lineAt(selection.main.head);
    let position = 0;
    for (const component of components) {
      const length = isInsert(component) ? 0 : lengthOf(component);
      const isChange = typeof component !== 'number' || component < 0;
      if (isChange && position <= line.to && position + length >= line.from) return true;
      position += length;
    }
    return false;
  }
}

/** Keeps others' changes from breaking what an input method composes. */
export function compositionGuard(document: CollabDocument): Extension {
  return ViewPlugin.define((view) => new CompositionGuard(view, document), {
    eventHandlers: {
      compositionstart() {
        this.begin();
      },
      compositionend() {
        this.end();
      },
    },
  });
}
