// This package's own client, as it is published: opens a document, types into it, waits until that is saved, and says what it then shows.
//   node test/wire/collab-client.mjs <server address> <token> <document> <text> [json]
import { JsonHubProtocol } from '@microsoft/signalr';
import { CollabClient } from '../../dist/index.js';

const [url, token, documentId, text, protocol] = process.argv.slice(2);
const client = new CollabClient({
  url,
  token: () => token,
  ...(protocol === 'json' && { protocol: new JsonHubProtocol() }),
});
const document = await client.open(documentId);
const isSaved = new Promise((resolve) => document.on('state', (state) => state === 'synchronized' && resolve()));
document.insert(document.text.length, text);
await isSaved;
process.stdout.write(document.text);
await client.close();
