/**
 * Why an operation was refused. The words are stable: the C# core uses the same ones, and the server puts them into
 * the details of `invalid_operation`.
 */
export type OperationErrorReason =
  | 'not-json'
  | 'not-array'
  | 'component-type'
  | 'ambiguous-component'
  | 'unknown-field'
  | 'number-not-integer'
  | 'number-out-of-range'
  | 'zero-length'
  | 'negative-retain'
  | 'negative-delete'
  | 'empty-insert'
  | 'lone-surrogate'
  | 'split-surrogate'
  | 'attributes-type'
  | 'attribute-name'
  | 'attribute-value-type'
  | 'embed-shape'
  | 'too-deep'
  | 'base-length'
  | 'not-plain'
  | 'content-type'
  | 'positional'
  | 'selection';

/** An operation that cannot be read, or that does not fit what it is asked to work with. Nothing was changed. */
export class OperationError extends Error {
  override readonly name = 'OperationError';

  constructor(
    readonly reason: OperationErrorReason,
    message: string,
  ) {
    super(`${reason}: ${message}`);
  }
}
