import fc from 'fast-check';
import {
  Document,
  OperationBuilder,
  type Attributes,
  type Component,
  type Embed,
  type TextOperation,
} from '../../../src/ot/index.js';

/** One step of a walk over a document; lengths are cut to what is left, and put right where they would cut a pair. */
export type Step =
  | { readonly kind: 'retain' | 'delete'; readonly length: number }
  | { readonly kind: 'format'; readonly length: number; readonly attributes: Attributes }
  | { readonly kind: 'insert'; readonly content: string | Embed; readonly attributes: Attributes };

const text = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '漢', '😀', '🚀'),
  minLength: 1,
  maxLength: 6,
});
const length = fc.integer({ min: 1, max: 8 });
const name = fc.constantFrom('bold', 'color', 'constructor');
const value = fc.constantFrom<string | number | boolean>(true, false, 0, 1, '', 'red');
const set = fc.dictionary(name, value, { maxKeys: 2, noNullPrototype: true });
const change = fc.dictionary(name, fc.option(value), { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const embed: fc.Arbitrary<Embed> = fc.constantFrom<Embed>(
  { image: 'a.png' },
  { image: 'b.png' },
  { math: { tex: ['x', 1] } },
);

const plainStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('retain' as const, 'delete' as const), length }),
  fc.record({ kind: fc.constant('insert' as const), content: text, attributes: fc.constant({}) }),
);
const richStep: fc.Arbitrary<Step> = fc.oneof(
  plainStep,
  fc.record({ kind: fc.constant('insert' as const), content: fc.oneof(text, embed), attributes: set }),
  fc.record({ kind: fc.constant('format' as const), length, attributes: change }),
);

/** What a law is tried on: the start of a document, and walks over it. */
export interface Kind {
  readonly document: fc.Arbitrary<Document>;
  readonly steps: fc.Arbitrary<readonly Step[]>;
}

export const plain: Kind = {
  document: fc.array(text, { maxLength: 6 }).map((parts) => Document.fromText(parts.join(''))),
  steps: fc.array(plainStep, { maxLength: 8 }),
};

export const rich: Kind = {
  document: fc
    .array(fc.record({ insert: fc.oneof(text, embed), attributes: set }), { maxLength: 6 })
    .map((content) => Document.fromContent(content)),
  steps: fc.array(richStep, { maxLength: 8 }),
};

/** The operation that walks over a document in these steps, and keeps the rest. */
export function operationOf(document: Document, steps: readonly Step[]): TextOperation {
  const builder = new OperationBuilder();
  let position = 0;
  for (const step of steps) {
    if (step.kind === 'insert') {
      builder.insert(step.content, step.attributes);
      continue;
    }
    const end = wholeEnd(document, Math.min(document.length, position + step.length));
    if (step.kind === 'delete') builder.delete(end - position);
    else builder.retain(end - position, step.kind === 'format' ? step.attributes : {});
    position = end;
  }
  return builder.retain(document.length - position).build();
}

/** The same walk as components that are valid but not in canonical form. */
export function looseComponents(document: Document, steps: readonly Step[]): readonly unknown[] {
  const loose: Component[] = [];
  for (const step of steps) {
    if (step.kind === 'insert') loose.push({ insert: step.content, attributes: step.attributes });
    else if (step.kind === 'format') loose.push({ retain: step.length, attributes: step.attributes });
    else loose.push(step.kind === 'delete' ? -step.length : step.length);
  }
  return [...loose, ...(document.length > 0 ? [document.length] : [])];
}

function wholeEnd(document: Document, offset: number): number {
  const unit = document.getText(offset, Math.min(1, document.length - offset)).charCodeAt(0);
  return (unit & 0xfc00) === 0xdc00 ? offset + 1 : offset;
}
