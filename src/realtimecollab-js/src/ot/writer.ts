import { equalAttributes, type Attributes } from './attributes.js';
import { insertOf, type Component, type Embed } from './component.js';
import { OperationError } from './errors.js';
import { MAX_LENGTH } from './text.js';

/**
 * Builds a list of components in canonical form: neighbours of one kind and attributes are joined, and an insert goes
 * in front of the deletes that it comes behind.
 */
export class ComponentWriter {
  /** Goes on from components that are canonical already, by default from none. The array is written to. */
  constructor(
    readonly components: Component[] = [],
    public baseLength = 0,
    public targetLength = 0,
  ) {}

  retain(length: number, attributes?: Attributes): void {
    if (length === 0) return;
    this.#count(length, length);
    const last = this.components.length - 1;
    const previous = last < 0 ? undefined : this.components[last];
    if (attributes === undefined) {
      if (typeof previous === 'number' && previous > 0) this.components[last] = previous + length;
      else this.components.push(length);
    } else if (
      typeof previous === 'object' &&
      'retain' in previous &&
      equalAttributes(previous.attributes, attributes)
    ) {
      this.components[last] = { retain: previous.retain + length, attributes };
    } else {
      this.components.push({ retain: length, attributes });
    }
  }

  delete(length: number): void {
    if (length === 0) return;
    this.#count(length, 0);
    const last = this.components.length - 1;
    const previous = last < 0 ? undefined : this.components[last];
    if (typeof previous === 'number' && previous < 0) this.components[last] = previous - length;
    else this.components.push(-length);
  }

  insert(content: string | Embed, attributes?: Attributes): void {
    if (content === '') return;
    this.#count(0, typeof content === 'string' ? content.length : 1);
    const deleted = this.components.length === 0 ? undefined : this.components[this.components.length - 1];
    if (typeof deleted === 'number' && deleted < 0) {
      this.components.pop();
      this.#append(content, attributes);
      this.components.push(deleted);
    } else {
      this.#append(content, attributes);
    }
  }

  #append(content: string | Embed, attributes: Attributes | undefined): void {
    const last = this.components.length - 1;
    const previous = last < 0 ? undefined : this.components[last];
    if (typeof content === 'string') {
      if (typeof previous === 'string' && attributes === undefined) {
        this.components[last] = previous + content;
        return;
      }
      if (typeof previous === 'object' && 'insert' in previous && typeof previous.insert === 'string') {
        if (attributes !== undefined && equalAttributes(previous.attributes, attributes)) {
          this.components[last] = { insert: previous.insert + content, attributes };
          return;
        }
      }
    }
    this.components.push(insertOf(content, attributes));
  }

  #count(base: number, target: number): void {
    this.baseLength += base;
    this.targetLength += target;
    if (this.baseLength > MAX_LENGTH || this.targetLength > MAX_LENGTH) {
      throw new OperationError('number-out-of-range', `lengths must not add up to more than ${MAX_LENGTH}`);
    }
  }
}
