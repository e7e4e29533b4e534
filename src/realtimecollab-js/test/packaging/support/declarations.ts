import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What an entry point exports, each as its declaration without comments, in the order of the names. */
export function exportsOf(entry: string): string[] {
  return [...namesOf(entry)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, file]) => declarationOf(name, file));
}

/** The exported names, with the files that declare them. */
function namesOf(file: string): Map<string, string> {
  const names = new Map<string, string>();
  const text = withoutComments(file);
  for (const [, list, from] of text.matchAll(/^export (?:type )?(\*|\{[^}]*\}) from '([^']+)';/gm)) {
    const source = join(dirname(file), (from as string).replace(/\.js$/, '.d.ts'));
    if (list === '*') for (const [name, declared] of namesOf(source)) names.set(name, declared);
    else for (const name of namesIn(list as string)) names.set(name, namesOf(source).get(name) ?? source);
  }
  for (const [, name] of text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:class|interface|type|function|const) (\w+)/gm,
  )) {
    names.set(name as string, file);
  }
  return names;
}

function namesIn(list: string): string[] {
  const names = list.slice(1, -1).split(',');
  return names.map((name) => name.replace(/^\s*type\s/, '').trim()).filter((name) => name !== '');
}

/** From the line that declares the name to the one where its brackets are closed. */
function declarationOf(name: string, file: string): string {
  const lines = withoutComments(file).split('\n');
  const start = lines.findIndex((line) =>
    new RegExp(`^export .*\\b(class|interface|type|function|const) ${name}\\b`).test(line),
  );
  if (start < 0) throw new Error(`${file} does not declare ${name}`);
  let depth = 0;
  const end = lines.findIndex((line, index) => {
    if (index < start) return false;
    depth += (line.match(/[{([]/g)?.length ?? 0) - (line.match(/[})\]]/g)?.length ?? 0);
    return depth === 0 && /[;}]$/.test(line);
  });
  const declaration = lines.slice(start, end + 1).filter((line) => !/^\s+(#private|private )/.test(line));
  return declaration.join('\n').replace(/^export (declare )?/, '');
}

function withoutComments(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
}
