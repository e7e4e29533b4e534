import type { Extension } from '@codemirror/state';
import type { CollabDocument } from '../../client/index.js';
import { compositionGuard } from './composition.js';
import { lineEndings } from './lineEndings.js';
import { remoteSelections } from './remoteSelections.js';
import { syncWith } from './sync.js';
import { remoteSelectionTheme } from './theme.js';
import { undoOf } from './undo.js';

/**
 * Makes a CodeMirror 6 editor an editor of the document: what is typed becomes operations, what others do appears, with
 * their carets and selections. Undo (Mod-z, Mod-y, Mod-Shift-z) takes back the user's own edits only; leave CodeMirror's
 * `history()` out.
 *
 * ```ts
 * new EditorView({ parent, doc: document.text, extensions: [collaboration(document)] });
 * ```
 *
 * @throws {TypeError} if the document is rich text, which CodeMirror cannot show.
 */
export function collaboration(document: CollabDocument): Extension {
  if (document.contentType !== 'text') throw new TypeError('CodeMirror edits plain text; this document is rich text');
  return [
    lineEndings(),
    syncWith(document),
    compositionGuard(document),
    undoOf(document),
    remoteSelections(document),
    remoteSelectionTheme,
  ];
}
