import { readFileSync } from 'node:fs';

/** A block of code in a page. */
export interface Example {
  /** The page and the line, for messages. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

/** The blocks of a page that are TypeScript, or a page with a script. */
export function examplesOf(page: URL): Example[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```(tsx?|html)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language = '', 2: code = '' }) => {
    const place = `${page.pathname.split('/').slice(-3).join('/')}:${text.slice(0, index).split('\n').length}`;
    return language === 'html' ? { place, language: 'ts', code: scriptOf(code) } : { place, language, code };
  });
}

/** The script of a page. It is no TypeScript: what it finds in the page may be anything. */
function scriptOf(html: string): string {
  const [, script = ''] = /<script type="module">([\s\S]*)<\/script>/.exec(html) ?? [];
  return `declare const document: { querySelector(selector: string): any };\n${script}`;
}
