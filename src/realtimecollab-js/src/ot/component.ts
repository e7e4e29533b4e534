import type { Attributes } from './attributes.js';

/** Any JSON value. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** Something that is no text but stands in it, one unit long: an object of one name, its type, such as `{ image: '…' }`. */
export type Embed = Readonly<Record<string, JsonValue>>;

/** Keeps text and changes its formatting. */
export interface FormatComponent {
  readonly retain: number;
  readonly attributes: Attributes;
}

/** Inserts text with attributes, or an embed with or without them. */
export interface InsertComponent {
  readonly insert: string | Embed;
  readonly attributes?: Attributes;
}

/**
 * One step of an operation, as it goes over the wire: a positive number retains so many UTF-16 code units, a negative
 * one deletes them, a string is inserted; objects carry attributes and embeds.
 */
export type Component = number | string | FormatComponent | InsertComponent;

/** A piece of a document: text, with or without attributes, or an embed. */
export type ContentItem = string | InsertComponent;

/** Whether the component inserts. */
export function isInsert(component: Component): component is string | InsertComponent {
  return typeof component === 'string' || (typeof component === 'object' && 'insert' in component);
}

/** Whether the component deletes. */
export function isDelete(component: Component): component is number {
  return typeof component === 'number' && component < 0;
}

/** How many UTF-16 code units the component retains, inserts or deletes; an embed counts one. */
export function lengthOf(component: Component): number {
  if (typeof component === 'number') return Math.abs(component);
  if (typeof component === 'string') return component.length;
  if ('retain' in component) return component.retain;
  return typeof component.insert === 'string' ? component.insert.length : 1;
}

/** An insert in its shortest form: bare text where there are no attributes. */
export function insertOf(content: string | Embed, attributes: Attributes | undefined): string | InsertComponent {
  if (attributes !== undefined) return { insert: content, attributes };
  return typeof content === 'string' ? content : { insert: content };
}

/** Whether two JSON values, components among them, are the same; the order of names does not matter. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const entries = Object.entries(a);
  const others = new Map(Object.entries(b));
  return (
    entries.length === others.size &&
    entries.every(([name, value]) => others.has(name) && equalJson(value, others.get(name)))
  );
}
