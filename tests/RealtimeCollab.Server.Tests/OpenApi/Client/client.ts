import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

declare const process: { argv: string[] };

const [, , baseUrl, token] = process.argv;
const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

const made = await client.POST('/api/documents', { body: { documentId: 'generated', title: 'Made', content: 'Hello' } });
const read = await client.GET('/api/documents/{documentId}', { params: { path: { documentId: 'generated' } } });
const listed = await client.GET('/api/documents', { params: { query: { limit: 10 } } });
const missing = await client.GET('/api/documents/{documentId}', { params: { path: { documentId: 'missing' } } });
if (made.data === undefined || read.data === undefined || listed.data === undefined || missing.error === undefined)
  throw new Error(JSON.stringify([made, read, listed, missing]));

// the types are part of the test: these would not compile if they were wrong
const revision: number = read.data.revision;
const role: 'none' | 'viewer' | 'commenter' | 'editor' | 'owner' = made.data.role;
const titles: (string | null | undefined)[] = listed.data.documents.map((document) => document.title);
const code: string = missing.error.code;
console.log(JSON.stringify([made.response.status, role, revision, read.data.content, titles, code]));
