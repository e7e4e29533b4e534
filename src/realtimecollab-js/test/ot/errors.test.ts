import { expect, test } from 'vitest';
import { OperationError } from '../../src/ot/index.js';

test('an error carries its stable reason, and says it in its message', () => {
  const error = new OperationError('base-length', 'made for 3, the document has 2');
  expect(error).toBeInstanceOf(Error);
  expect(error.reason).toBe('base-length');
  expect(error.message).toBe('base-length: made for 3, the document has 2');
});
