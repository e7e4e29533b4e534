import './styles/base.css';
import './styles/bar.css';
import './styles/page.css';
import { CollabClient, CollabError, type CollabDocument } from 'realtimecollab-js';
import { documentIdOf, newDocumentPath, titleOf } from './address';
import { mountEditor } from './editor';
import { element } from './elements';
import { askName, fetchToken, type Identity } from './identity';
import { showNotice, showTrouble } from './notices';
import { showPeople } from './people';
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
  element<HTMLAnchorElement>('new').href = newDocumentPath();
  offerTheme();
  offerLink();

  const identity = await askName();
  const client = new CollabClient({ url: location.origin, token: () => fetchToken(identity), device: deviceName() });
  client.on('error', (error) => console.info(error.message));
  try {
    show(await client.open(documentId, documentId === 'welcome' ? { initialText: WELCOME_TEXT } : {}), identity);
  } catch (error) {
    if (!(error instanceof CollabError)) throw error;
    showNotice({ text: `This document cannot be opened: ${error.message}`, actions: [] });
  }
}

function show(opened: CollabDocument, identity: Identity): void {
  showState(opened);
  showPeople(opened, identity);
  showTrouble(opened);
  mountEditor(opened, element('editor'));
  addEventListener('beforeunload', (event) => {
    if (opened.hasUnsavedEdits) event.preventDefault();
  });
}

function deviceName(): string {
  return matchMedia('(pointer: coarse)').matches ? 'Touch device' : 'Computer';
}

void start();
