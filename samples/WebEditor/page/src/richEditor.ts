import Quill from 'quill';
import 'quill/dist/quill.snow.css';
import './styles/rich.css';
import type { CollabDocument, ContentItem } from 'realtimecollab-js';
import { bindQuill } from 'realtimecollab-js/quill';
import { make } from './elements';

const TOOLBAR = [
  [{ header: [1, 2, 3, false] }],
  ['bold', 'italic', 'underline', 'strike', 'code'],
  [{ color: [] }, { background: [] }],
  [{ list: 'ordered' }, { list: 'bullet' }, { list: 'check' }],
  ['blockquote', 'code-block', { align: [] }],
  ['link', 'image', 'clean'],
];

/** Puts an editor of rich text into the page. */
export function mountEditor(opened: CollabDocument, parent: HTMLElement): void {
  const quill = new Quill(parent.appendChild(make('div', 'rich')), {
    theme: 'snow',
    placeholder: 'Start writing. Everybody who has the link sees it as you type.',
    // Tab is left to the browser: it leads out of the editor
    modules: { toolbar: TOOLBAR, keyboard: { bindings: { tab: null, 'remove tab': null } } },
  });
  quill.root.setAttribute('aria-label', 'Text of the document');
  bindQuill(quill, opened);
  quill.focus();
}

/** Shows rich text to be read. */
export function showRich(content: readonly ContentItem[], parent: HTMLElement): void {
  const quill = new Quill(parent.appendChild(make('div', 'rich')), { readOnly: true, modules: { toolbar: false } });
  quill.setContents(content.map((item) => (typeof item === 'string' ? { insert: item } : { ...item })));
}
