/** The value of an attribute; null, on a retain only, removes the attribute. */
export type AttributeValue = string | number | boolean | null;

/** Formatting of text: names of 1 to 64 UTF-16 code units, with their values. Never empty; absent instead. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

type MutableAttributes = Record<string, AttributeValue>;

/**
 * The value under a name, or undefined where there is none. Attributes are ordinary objects, so that a name like
 * `constructor` must not find what every object inherits.
 */
export function attributeOf(attributes: Attributes | undefined, name: string): AttributeValue | undefined {
  return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Whether both say the same; the order of the names does not matter. */
export function equalAttributes(a: Attributes | undefined, b: Attributes | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => attributeOf(b, name) === a[name]);
}

/** What `first` and then `second` amount to on retained text: a null stays, since it still has something to remove. */
export function composeOnRetain(first: Attributes | undefined, second: Attributes | undefined): Attributes | undefined {
  if (first === undefined) return second;
  return second === undefined ? first : { ...first, ...second };
}

/** What `second` makes of content that has `first`: a null removes. Used for inserts and for documents. */
export function composeOnContent(
  first: Attributes | undefined,
  second: Attributes | undefined,
): Attributes | undefined {
  if (second === undefined) return first;
  return keep({ ...first, ...second }, (_, value) => value !== null);
}

/** `attributes` without the names that `winner` sets, be it to null. */
export function withoutNamesOf(
  attributes: Attributes | undefined,
  winner: Attributes | undefined,
): Attributes | undefined {
  if (attributes === undefined || winner === undefined) return attributes;
  return keep(attributes, (name) => !Object.hasOwn(winner, name));
}

/**
 * What takes content that had `before` back, after `change`. It names only what changed: a null for an attribute that
 * was not there would wipe out one that somebody else sets meanwhile.
 */
export function invertAttributes(change: Attributes, before: Attributes | undefined): Attributes | undefined {
  const inverse: MutableAttributes = {};
  for (const [name, value] of Object.entries(change)) {
    const old = attributeOf(before, name) ?? null;
    if (old !== value) inverse[name] = old;
  }
  return orNone(inverse);
}

function keep(
  attributes: Attributes,
  wanted: (name: string, value: AttributeValue) => boolean,
): Attributes | undefined {
  return orNone(Object.fromEntries(Object.entries(attributes).filter(([name, value]) => wanted(name, value))));
}

function orNone(attributes: Attributes): Attributes | undefined {
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}
