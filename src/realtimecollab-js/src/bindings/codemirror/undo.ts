import { Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, type KeyBinding } from '@codemirror/view';
import type { CollabDocument } from '../../client/index.js';

/** Undo and redo of the user's own edits, in the place of an editor's own history, by keys and by the browser's menus. */
export function undoOf(document: CollabDocument): Extension {
  const undo = () => (document.readOnly ? false : (document.undo(), true));
  const redo = () => (document.readOnly ? false : (document.redo(), true));
  const keys: readonly KeyBinding[] = [
    { key: 'Mod-z', run: undo, preventDefault: true },
    { key: 'Mod-y', run: redo, preventDefault: true },
    { key: 'Mod-Shift-z', run: redo, preventDefault: true },
  ];
  const menus = EditorView.domEventHandlers({
    beforeinput: ({ inputType }) =>
      inputType === 'historyUndo' ? undo() : inputType === 'historyRedo' ? redo() : false,
  });
  return Prec.high([keymap.of(keys), menus]);
}
