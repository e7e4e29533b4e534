import type { CollabDocument, Unsubscribe } from '../client/index.js';

/**
 * Undo and redo of the user's own edits in the place of what an element would do by itself, by keys (Mod-z, Mod-y,
 * Mod-Shift-z) and by the browser's menus.
 * @param before is called first, so that the document has everything that was typed.
 */
export function undoKeys(element: HTMLElement, document: CollabDocument, before: () => void): Unsubscribe {
  const run = (event: Event, which: 'undo' | 'redo' | null): void => {
    if (which === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    before();
    if (!document.readOnly && !document.isClosed) document[which]();
  };
  const pressed = (event: KeyboardEvent): void => run(event, meaningOf(event));
  const chosen = (event: InputEvent): void => {
    const { inputType } = event;
    run(event, inputType === 'historyUndo' ? 'undo' : inputType === 'historyRedo' ? 'redo' : null);
  };
  element.addEventListener('keydown', pressed, { capture: true });
  element.addEventListener('beforeinput', chosen, { capture: true });
  return () => {
    element.removeEventListener('keydown', pressed, { capture: true });
    element.removeEventListener('beforeinput', chosen, { capture: true });
  };
}

function meaningOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): 'undo' | 'redo' | null {
  if (ctrlKey === metaKey || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && !shiftKey ? 'redo' : null;
}
