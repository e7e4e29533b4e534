import type { CollabDocument, DocumentState } from 'realtimecollab-js';
import { element } from './elements';

const TEXTS: Record<DocumentState, string> = {
  synchronized: 'Saved',
  saving: 'Saving…',
  offline: 'Offline: your edits are kept',
  conflict: 'Not saved: see the note',
};

/** A state that passes within this time is not worth a flicker, in milliseconds. */
const CALM_MS = 250;

/** Tells whether the edits are safe, at once to scripts and calmly to people, and how much there is. */
export function showState(opened: CollabDocument): void {
  const status = element('status');
  const text = status.querySelector('.text') as HTMLElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    status.dataset['shows'] = opened.state;
    text.textContent = opened.isClosed ? 'Closed' : TEXTS[opened.state];
    showOffline(opened);
  };
  const tell = (): void => {
    status.dataset['state'] = opened.state;
  };
  opened.on('state', (state) => {
    tell();
    clearTimeout(timer);
    if (state === 'saving') timer = setTimeout(show, CALM_MS);
    else show();
  });
  opened.on('change', () => {
    showCount(opened);
    if (opened.state === 'offline') showOffline(opened);
  });
  opened.on('closed', show);
  opened.on('state', () => showCount(opened));
  tell();
  show();
  showCount(opened);
}

/** Says what becomes of edits while there is no server. */
function showOffline(opened: CollabDocument): void {
  const banner = element('offline');
  banner.hidden = opened.state !== 'offline' || opened.isClosed;
  const edits = opened.hasUnsavedEdits ? 'Your edits are kept on this device and sent' : 'Go on writing: it is kept on this device and sent';
  banner.textContent = banner.hidden ? '' : `The server cannot be reached. ${edits} when it is back, also if you close this window.`;
}

function showCount({ text, revision }: CollabDocument): void {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  element('count').textContent = `${words.toLocaleString()} ${words === 1 ? 'word' : 'words'} · ${text.length.toLocaleString()} characters`;
  element('revision').textContent = `Revision ${revision.toLocaleString()}`;
}
