import { equalJson, type Component } from './component.js';
import { compose } from './compose.js';
import type { Document } from './document/document.js';
import { OperationError } from './errors.js';
import { invert } from './invert.js';
import { readAnyForm, readArrayForm } from './reading/forms.js';
import { readInteger, readText } from './reading/values.js';
import { transformOneSide, type TieBreak } from './transform.js';
import { ComponentWriter } from './writer.js';

/**
 * A change of a whole document: a list of components that retain, insert and delete, in canonical form. Immutable.
 * Lengths and positions are UTF-16 code units, 0 to 2^31-1; an embed counts one.
 */
export class TextOperation {
  /** The components in canonical form: no empty ones, neighbours joined, inserts in front of deletes. */
  readonly components: readonly Component[];
  /** The length that a document must have for this operation to apply. */
  readonly baseLength: number;
  /** The length of the document after this operation. */
  readonly targetLength: number;

  private constructor(components: readonly Component[], baseLength: number, targetLength: number) {
    this.components = components;
    this.baseLength = baseLength;
    this.targetLength = targetLength;
  }

  /**
   * The operation that leaves a document of `length` units as it is.
   * @throws {OperationError} if there is no document of that length.
   */
  static noop(length: number): TextOperation {
    return TextOperation.replace(length, 0, 0, '');
  }

  /**
   * One replacement in plain text, as an editor reports it for a key or a paste.
   * @param documentLength the length of the document before it.
   * @param position where, from 0.
   * @param deleted how many units go.
   * @param inserted the text that takes their place.
   * @throws {OperationError} `base-length` if it reaches past the document, `lone-surrogate` if the text holds half a pair.
   */
  static replace(documentLength: number, position: number, deleted: number, inserted: string): TextOperation {
    const rest = documentLength - position - deleted;
    if (!(position >= 0 && deleted >= 0 && rest >= 0)) {
      throw new OperationError(
        'base-length',
        `${deleted} units at ${position} are not in a document of ${documentLength}`,
      );
    }
    const written = new ComponentWriter();
    written.retain(readInteger(position, 'a position'));
    if (inserted !== '') written.insert(readText(inserted));
    written.delete(readInteger(deleted, 'a length'));
    written.retain(readInteger(rest, 'a length'));
    return TextOperation.from(written);
  }

  /**
   * Reads an operation in any documented form: an array of components, `{ ops: […] }`, a positional object, or an array
   * of these to be composed. It may end early: {@link completeTo} brings it to the length of its document.
   * @param json JSON text or what it holds, which is copied.
   * @throws {OperationError} if it cannot be read; the reason says why.
   */
  static parse(json: unknown): TextOperation {
    return TextOperation.from(readAnyForm(json));
  }

  /**
   * Reads the array form only, which is what {@link toJSON} gives and logs and messages hold.
   * @param json JSON text or what it holds, which is copied.
   * @throws {OperationError} if it cannot be read; the reason says why.
   */
  static parseArray(json: unknown): TextOperation {
    return TextOperation.from(readArrayForm(json));
  }

  /** @internal What a writer has written. A list that grew has room for more, which those who keep operations need not keep. */
  static from(written: ComponentWriter): TextOperation {
    return new TextOperation(written.components.slice(), written.baseLength, written.targetLength);
  }

  /**
   * Transforms two operations made for the same document: after one, the other's transformed form leads to the same
   * result, `a.compose(b1)` = `b.compose(a1)`.
   * @param winner whose insert goes left and whose attributes stay; by rule `a` is the later in log order, and wins.
   * @returns a1 and b1.
   * @throws {OperationError} `base-length` if they are for documents of different lengths.
   */
  static transform(
    a: TextOperation,
    b: TextOperation,
    winner: TieBreak = 'a',
  ): readonly [a1: TextOperation, b1: TextOperation] {
    requireLength(a, b.baseLength, 'the operations are for documents of different lengths');
    return [
      TextOperation.from(transformOneSide(a.components, b.components, winner === 'a')),
      TextOperation.from(transformOneSide(b.components, a.components, winner === 'b')),
    ];
  }

  /** Whether it changes nothing, whatever the document. */
  get isNoop(): boolean {
    const [first] = this.components;
    return first === undefined || (this.components.length === 1 && typeof first === 'number' && first > 0);
  }

  /** Whether it has attributes or embeds, which a plain text document refuses. */
  get isRich(): boolean {
    return this.components.some((component) => typeof component === 'object');
  }

  /**
   * This operation for a document of `length` units: one that ends early gets a retain at its end.
   * @throws {OperationError} `base-length` if it reaches past that length.
   */
  completeTo(length: number): TextOperation {
    if (this.baseLength === length) return this;
    if (this.baseLength > length)
      throw new OperationError('base-length', `made for a length of ${this.baseLength}, the document has ${length}`);
    const completed = new ComponentWriter([...this.components], this.baseLength, this.targetLength);
    completed.retain(length - this.baseLength);
    return TextOperation.from(completed);
  }

  /**
   * One operation that does what this one and then `next` do.
   * @throws {OperationError} `base-length` if `next` does not fit behind this one, `split-surrogate` if it cuts a pair
   * that this one inserts.
   */
  compose(next: TextOperation): TextOperation {
    requireLength(next, this.targetLength, 'the second operation does not fit behind the first');
    return TextOperation.from(compose(this.components, next.components));
  }

  /**
   * This operation after `committed`, which was made for the same document and comes before it in the log.
   * Over several, go one at a time: over their composition the result can differ.
   * @throws {OperationError} `base-length` if they are for documents of different lengths.
   */
  transformOver(committed: TextOperation): TextOperation {
    requireLength(this, committed.baseLength, 'the operations are for documents of different lengths');
    return TextOperation.from(transformOneSide(this.components, committed.components, true));
  }

  /**
   * This committed operation as it acts on a document that already has a pending one, which comes after it in the log:
   * the other half of {@link transform}.
   * @throws {OperationError} `base-length` if they are for documents of different lengths.
   */
  transformUnder(pending: TextOperation): TextOperation {
    requireLength(this, pending.baseLength, 'the operations are for documents of different lengths');
    return TextOperation.from(transformOneSide(this.components, pending.components, false));
  }

  /**
   * The operation that takes this one back. It names an attribute only where this one changed it.
   * @param document the document before this operation.
   * @throws {OperationError} `base-length` if the document has another length.
   */
  invert(document: Document): TextOperation {
    requireLength(this, document.length, 'the operation is not for this document');
    return TextOperation.from(invert(this.components, document));
  }

  /** Whether both do the same in the same way; canonical form makes this a comparison of components. */
  equals(other: TextOperation): boolean {
    return this.baseLength === other.baseLength && equalJson(this.components, other.components);
  }

  /** The array form, which JSON takes by itself. */
  toJSON(): readonly Component[] {
    return this.components;
  }
}

function requireLength(operation: TextOperation, length: number, otherwise: string): void {
  if (operation.baseLength !== length) {
    throw new OperationError('base-length', `${otherwise}: ${operation.baseLength} against ${length}`);
  }
}
