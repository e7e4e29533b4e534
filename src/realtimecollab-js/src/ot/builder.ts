import type { Attributes } from './attributes.js';
import type { Embed } from './component.js';
import { OperationError } from './errors.js';
import { TextOperation } from './operation.js';
import { readInsert } from './reading/components.js';
import { readAttributes, readInteger } from './reading/values.js';
import { ComponentWriter } from './writer.js';

/**
 * Builds an operation step by step, in canonical form. Steps of nothing (a length of 0, empty text) are left out.
 * Lengths are UTF-16 code units.
 */
export class OperationBuilder {
  readonly #written = new ComponentWriter();

  /**
   * Keeps `length` units, with `attributes` set on them if given; null removes one.
   * @throws {OperationError} if the length or an attribute is not allowed.
   */
  retain(length: number, attributes: Attributes = {}): this {
    this.#written.retain(readStep(length, 'negative-retain'), readAttributes(attributes, 'retain'));
    return this;
  }

  /**
   * Inserts text or an embed.
   * @throws {OperationError} if the content or an attribute is not allowed.
   */
  insert(content: string | Embed, attributes: Attributes = {}): this {
    if (content !== '') readInsert(this.#written, content, attributes);
    return this;
  }

  /**
   * Deletes `length` units.
   * @throws {OperationError} if the length is not allowed.
   */
  delete(length: number): this {
    this.#written.delete(readStep(length, 'negative-delete'));
    return this;
  }

  /** The operation so far. The builder can go on. */
  build(): TextOperation {
    return TextOperation.from(this.#written);
  }
}

function readStep(length: number, refusal: 'negative-retain' | 'negative-delete'): number {
  const step = readInteger(length, 'a length');
  if (step < 0) throw new OperationError(refusal, 'a length must not be negative');
  return step;
}
