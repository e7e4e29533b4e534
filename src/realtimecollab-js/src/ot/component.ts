import type { Attributes } from './attributes.js';
import { OperationError } from './errors.js';
import { isLowSurrogate } from './text.js';

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

/**
 * What is left of a component after `length` units of it, less than all.
 * @throws {OperationError} `split-surrogate` if that cuts a surrogate pair of inserted text.
 */
export function restOf(component: Component, length: number): Component {
  if (typeof component === 'number') return component > 0 ? component - length : component + length;
  if (typeof component === 'string') return cutText(component, length).slice(length);
  if ('retain' in component) return { retain: component.retain - length, attributes: component.attributes };
  return { ...component, insert: cutText(component.insert as string, length).slice(length) }; // an embed has no rest
}

/** The attributes of a component. */
export function attributesOf(component: Component): Attributes | undefined {
  return typeof component === 'object' ? component.attributes : undefined;
}

/**
 * The first `length` units of what a component inserts.
 * @throws {OperationError} `split-surrogate` if that cuts a surrogate pair.
 */
export function contentOf(insert: string | InsertComponent, length: number): string | Embed {
  const content = typeof insert === 'string' ? insert : insert.insert;
  return typeof content !== 'string' || length === content.length ? content : cutText(content, length).slice(0, length);
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

function cutText(text: string, at: number): string {
  if (isLowSurrogate(text.charCodeAt(at))) {
    throw new OperationError('split-surrogate', 'the operation cuts a surrogate pair of inserted text');
  }
  return text;
}
