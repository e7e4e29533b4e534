import type fc from 'fast-check';
import { plain, rich } from '../support/arbitraries.js';
import { algebraLaws } from './algebra.js';
import { editingLaws, textLaws } from './editing.js';
import { sessionLaws } from './sessions.js';
import { undoLaws } from './undo.js';

/** Every law, by kind of document and name. */
export const laws: readonly (readonly [name: string, law: fc.IProperty<unknown>])[] = [
  ...Object.entries({
    ...algebraLaws(plain),
    ...editingLaws(plain),
    ...sessionLaws(plain),
    ...textLaws,
    ...undoLaws,
  }).map(([name, law]) => [`plain text: ${name}`, law] as const),
  ...Object.entries({ ...algebraLaws(rich), ...editingLaws(rich), ...sessionLaws(rich) }).map(
    ([name, law]) => [`rich text: ${name}`, law] as const,
  ),
];
