import './styles/base.css';
import './styles/bar.css';
import './styles/page.css';
import './styles/panel.css';
import './styles/history.css';
import './styles/chat.css';
import { CollabClient, CollabError, type CollabDocument } from 'realtimecollab-js';
import { ChatClient } from 'realtimecollab-js/chat';
import { IndexedDbEditStore } from 'realtimecollab-js/indexeddb';
import type { PresenceClient } from 'realtimecollab-js/presence';
import { offerChat } from './chat/panel';
import { contentTypeOf, documentIdOf, newDocumentPath, titleOf } from './address';
import { element } from './elements';
import { offerHistory } from './history';
import { askName, fetchToken, type Identity } from './identity';
import { showNotice, showTrouble } from './notices';
import { showPeople } from './people';
import { followPresence } from './presence';
import { closeMenusFromOutside } from './menus';
import { offerLink } from './share';
import { showState } from './state';
import { offerTheme } from './theme';

const WELCOME_TEXT = `# Welcome

This document is shared with everybody who opens this address.
Open it in a second window and write in both: carets, selections and text follow each other.

- Close the window, stop the server, start it again: the text is still here.
- Pull the plug: go on writing. It is sent when the server is back.
- Undo takes back what *you* did, and nothing of the others.
`;

async function start(): Promise<void> {
  const documentId = documentIdOf(location);
  element('title').textContent = titleOf(documentId);
  document.title = `${titleOf(documentId)} · RealtimeCollab`;
  element<HTMLAnchorElement>('new-text').href = newDocumentPath('text');
  element<HTMLAnchorElement>('new-rich').href = newDocumentPath('richText');
  closeMenusFromOutside();
  offerTheme();
  offerLink();

  const identity = await askName();
  const connection = { url: location.origin, token: () => fetchToken(identity), device: deviceName() };
  const client = new CollabClient({
    ...connection,
    ...(IndexedDbEditStore.isSupported && { editStore: new IndexedDbEditStore() }),
  });
  client.on('error', (error) => console.info(error.message));
  try {
    const contentType = contentTypeOf(location);
    const initialText = documentId === 'welcome' ? WELCOME_TEXT : contentType === 'richText' ? '\n' : '';
    const opened = await client.open(documentId, { contentType, initialText });
    const presence = followPresence({ ...connection, clientId: client.clientId }, documentId, identity.userId);
    await show(opened, identity, presence);
    offerChat(new ChatClient({ ...connection, clientId: client.clientId }), opened, identity.userId);
  } catch (error) {
    if (!(error instanceof CollabError)) throw error;
    showNotice({ text: `This document cannot be opened: ${error.message}`, actions: [] });
  }
}

async function show(opened: CollabDocument, identity: Identity, presence: PresenceClient): Promise<void> {
  const isRich = opened.contentType === 'richText';
  const { mountEditor } = isRich ? await import('./richEditor') : await import('./editor');
  mountEditor(opened, element('editor'));
  showState(opened);
  showPeople(opened, identity, presence);
  showTrouble(opened);
  offerHistory(opened);
  if (!IndexedDbEditStore.isSupported) {
    addEventListener('beforeunload', (event) => {
      if (opened.hasUnsavedEdits) event.preventDefault();
    });
  }
}

function deviceName(): string {
  return matchMedia('(pointer: coarse)').matches ? 'Touch device' : 'Computer';
}

void start();
