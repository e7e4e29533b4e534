export { OperationError, type OperationErrorReason } from './errors.js';
