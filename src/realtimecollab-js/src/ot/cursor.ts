import type { Attributes } from './attributes.js';
import type { Component, Embed } from './component.js';
import { OperationError } from './errors.js';
import { isHighSurrogate, isLowSurrogate } from './text.js';
import type { ComponentWriter } from './writer.js';

export type ComponentKind = 'retain' | 'insert' | 'delete' | 'end';

/** Walks over components and takes as much of the current one as is asked for, splitting it. */
export class ComponentCursor {
  kind: ComponentKind = 'end';
  /** What is left of the current component, in UTF-16 code units. */
  remaining = 0;
  attributes: Attributes | undefined;
  readonly #components: readonly Component[];
  #index = 0;
  #content: string | Embed = '';

  constructor(components: readonly Component[]) {
    this.#components = components;
    this.next();
  }

  /** Goes to the next component. */
  next(): void {
    const component = this.#components[this.#index++];
    this.attributes = undefined;
    if (typeof component === 'number') {
      this.kind = component > 0 ? 'retain' : 'delete';
      this.remaining = component > 0 ? component : -component;
    } else if (typeof component === 'string') {
      this.#setInsert(component);
    } else if (component === undefined) {
      this.kind = 'end';
      this.remaining = 0;
    } else if ('retain' in component) {
      this.kind = 'retain';
      this.remaining = component.retain;
      this.attributes = component.attributes;
    } else {
      this.#setInsert(component.insert);
      this.attributes = component.attributes;
    }
  }

  /** Goes on by `length` units of the current component, at most to its end. */
  skip(length: number): void {
    if (length === this.remaining) this.next();
    else this.remaining -= length;
  }

  /**
   * Writes the next `length` units of the current insert, with other attributes than its own if need be.
   * @throws {OperationError} `split-surrogate` if that would cut a surrogate pair.
   */
  copyInsert(writer: ComponentWriter, length: number, attributes: Attributes | undefined): void {
    if (typeof this.#content !== 'string' || length === this.#content.length) {
      writer.insert(this.#content, attributes);
      return;
    }
    const start = this.#content.length - this.remaining;
    const end = start + length;
    if (isHighSurrogate(this.#content.charCodeAt(end - 1)) && isLowSurrogate(this.#content.charCodeAt(end))) {
      throw new OperationError('split-surrogate', 'an operation must not cut a surrogate pair of inserted text');
    }
    writer.insert(this.#content.slice(start, end), attributes);
  }

  #setInsert(content: string | Embed): void {
    this.kind = 'insert';
    this.#content = content;
    this.remaining = typeof content === 'string' ? content.length : 1;
  }
}
