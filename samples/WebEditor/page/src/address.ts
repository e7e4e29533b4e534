import type { ContentType } from 'realtimecollab-js';

const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron', 'iris', 'juniper', 'lagoon', 'maple', 'north', 'opal', 'pine', 'river', 'sage', 'tide', 'willow'];

/** The document that the address names: `/name`, `/d/name`, or `/r/name` for rich text; `/` is the welcome document. */
export function documentIdOf({ pathname }: Location): string {
  const name = decodeURIComponent(pathname).replace(/^\/([dr]\/)?/, '').replace(/\/+$/, '');
  return name.replace(/[^A-Za-z0-9._~-]+/g, '-').slice(0, 128) || 'welcome';
}

/** A document's id for people to read. */
export function titleOf(documentId: string): string {
  const words = documentId.replace(/[-_]+/g, ' ').trim() || documentId;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the document is to be, if nobody has made it yet. */
export function contentTypeOf({ pathname }: Location): ContentType {
  return pathname.startsWith('/r/') ? 'richText' : 'text';
}

/** The address of a document that nobody has yet. */
export function newDocumentPath(contentType: ContentType): string {
  const [first, second, number] = crypto.getRandomValues(new Uint16Array(3));
  const word = (index: number) => WORDS[index % WORDS.length];
  const kind = contentType === 'richText' ? 'r' : 'd';
  return `/${kind}/${word(first ?? 0)}-${word(second ?? 0)}-${(number ?? 0) % 1000}`;
}
