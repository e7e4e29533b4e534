import type Quill from 'quill';
import type { CollabDocument, Unsubscribe } from '../../client/index.js';
import { undoKeys } from '../undoKeys.js';

/** Undo of the user's own edits in the place of Quill's history, for the keys, the menus, and who calls `quill.history`. */
export function replaceHistory(quill: Quill, document: CollabDocument, flush: () => void): Unsubscribe {
  const { history } = quill;
  const { undo, redo, record, transform } = history;
  const run = (which: 'undo' | 'redo'): void => {
    flush();
    if (!document.readOnly && !document.isClosed) document[which]();
  };
  history.clear();
  Object.assign(history, {
    undo: () => run('undo'),
    redo: () => run('redo'),
    record: () => undefined,
    transform: () => undefined,
  });
  const unlisten = undoKeys(quill.root, document, flush);
  return () => {
    unlisten();
    Object.assign(history, { undo, redo, record, transform });
  };
}
