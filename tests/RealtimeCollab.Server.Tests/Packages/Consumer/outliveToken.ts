// A program whose tokens end after two seconds: it goes on with the next one, and nobody notices.
import { CollabClient } from 'realtimecollab-js';

declare const process: { readonly argv: readonly string[] };
const [, , url = '', key = ''] = process.argv;
const tokens: string[] = [];
const signs: string[] = [];

const client = new CollabClient({ url, token: newToken });
const notes = await client.open('notes');
notes.on('state', (state) => signs.push(state));
notes.on('error', ({ code }) => signs.push(code));
client.on('error', ({ code }) => signs.push(code));
await new Promise<void>((resolve) => {
  let moves = 0;
  client.on('connection', (state) => {
    signs.push(state);
    if (state === 'moving') notes.insert(0, 'x'); // in the middle of it
    if (state === 'connected' && ++moves === 2) resolve();
  });
});
await new Promise<void>((resolve) => {
  const check = (): void => {
    if (notes.state === 'synchronized' && !notes.hasUnsavedEdits) resolve();
  };
  notes.on('state', check);
  check();
});
console.log(JSON.stringify({ text: notes.text, tokens: tokens.length, offline: signs.includes('offline'), signs }));
await client.close();

/** A token that ends in two seconds, signed as an application would. */
async function newToken(): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 2;
  const content = [{ alg: 'HS256', typ: 'JWT' }, { sub: 'ada', exp }].map((part) => encode(JSON.stringify(part))).join('.');
  const secret = new TextEncoder().encode(key);
  const hmac = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', hmac, new TextEncoder().encode(content));
  const token = `${content}.${encode(String.fromCharCode(...new Uint8Array(signature)))}`;
  tokens.push(token);
  return token;
}

function encode(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
