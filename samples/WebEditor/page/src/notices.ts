import type { CollabDocument, DocumentConflict } from 'realtimecollab-js';
import { element, make } from './elements';
import { copy } from './share';

/** Something to tell that needs an answer. */
export interface Notice {
  readonly text: string;
  readonly actions: readonly { readonly label: string; readonly run: () => void; readonly stays?: boolean }[];
}

/** Shows a notice above the text until one of its actions is taken. */
export function showNotice({ text, actions }: Notice): void {
  const notice = make('div', 'notice');
  notice.append(make('p', '', text));
  for (const { label, run, stays } of actions) {
    const button = make('button', 'button', label);
    button.type = 'button';
    button.addEventListener('click', () => {
      run();
      if (stays !== true) notice.remove();
    });
    notice.append(button);
  }
  element('notices').append(notice);
}

/** Offers edits that the server did not take, so that nothing is lost in silence. */
export function showTrouble(opened: CollabDocument): void {
  opened.on('rejected', ({ error, content }) => {
    showNotice({
      text: `The server did not accept your last edits: ${error.message}`,
      actions: [copyAction(content), { label: 'Dismiss', run: () => undefined }],
    });
  });
  if (opened.conflict !== null) showConflict(opened, opened.conflict);
  opened.on('conflict', (conflict) => showConflict(opened, conflict));
  opened.on('closed', ({ reason, operations }) => {
    const lost = operations.length > 0 ? ' Your last edits were not saved.' : '';
    showNotice({ text: `This document was closed (${reason}).${lost}`, actions: [copyAction(opened.content)] });
  });
}

function showConflict(opened: CollabDocument, { code, content }: DocumentConflict): void {
  const mayWrite = code !== 'permission_denied';
  const text = mayWrite
    ? 'The server cannot take your edits any more: its copy of this document went another way.'
    : 'You may not edit this document any more; these edits were not saved.';
  const merging: Notice['actions'] = [
    { label: 'Merge my edits', run: () => opened.resolveConflict('merge') },
    { label: 'Keep my text', run: () => opened.resolveConflict('overwrite') },
  ];
  showNotice({
    text,
    actions: [
      copyAction(content),
      ...(mayWrite ? merging : []),
      { label: 'Load the server’s text', run: () => opened.resolveConflict('discard') },
    ],
  });
}

function copyAction(content: unknown): Notice['actions'][number] {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { label: 'Copy my text', run: () => void copy(text), stays: true };
}
