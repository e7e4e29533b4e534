import { EditorState, RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

const hidden = Decoration.replace({});
const whole = Decoration.mark({});

/**
 * CodeMirror ends lines with "\n" and would count "\r\n" as one. Here only "\n" ends a line and a "\r" before it stays
 * in the text, so that positions in the editor are those in the document; it is not shown, and the caret and the
 * delete keys take "\r\n" as one. Pasted text comes in with "\n" alone.
 */
export function lineEndings(): Extension {
  return [
    EditorState.lineSeparator.of('\n'),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
    carriageReturns,
  ];
}

const carriageReturns = ViewPlugin.fromClass(
  class {
    hiding: DecorationSet = Decoration.none;
    joining: DecorationSet = Decoration.none;

    constructor(view: EditorView) {
      this.#build(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.#build(update.view);
    }

    #build({ state, visibleRanges }: EditorView): void {
      const hiding = new RangeSetBuilder<Decoration>();
      const joining = new RangeSetBuilder<Decoration>();
      for (const { from, to } of visibleRanges) {
        for (let position = from; position <= to;) {
          const line = state.doc.lineAt(position);
          if (line.text.endsWith('\r') && line.to < state.doc.length) {
            hiding.add(line.to - 1, line.to, hidden);
            joining.add(line.to - 1, line.to + 1, whole);
          }
          position = line.to + 1;
        }
      }
      this.hiding = hiding.finish();
      this.joining = joining.finish();
    }
  },
  {
    decorations: (plugin) => plugin.hiding,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.joining ?? Decoration.none),
  },
);
