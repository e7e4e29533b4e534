// A page of somebody who installed the package and Monaco: an editor of one document, whose address is behind the #.
import { editor } from 'monaco-editor/editor/editor.api.js';
import { CollabClient } from 'realtimecollab-js';
import { bindMonaco } from 'realtimecollab-js/monaco';

const { token, documentId } = Object.fromEntries(new URLSearchParams(location.hash.slice(1))) as Record<string, string>;
const client = new CollabClient({ url: location.origin, token: () => token ?? '' });
const notes = await client.open(documentId ?? '', { initialText: 'one\r\ntwo\n' });

const place = document.body.appendChild(document.createElement('div'));
place.style.height = '400px';
const monaco = editor.create(place, { language: 'plaintext', minimap: { enabled: false } });
bindMonaco(monaco, notes);
monaco.focus();

Object.assign(globalThis, { notes, monaco });
document.title = 'ready';
