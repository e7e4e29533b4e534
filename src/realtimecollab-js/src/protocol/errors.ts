/** The codes with which a server refuses a call. They are stable; the texts beside them are for people. */
export type ErrorCode =
  | 'unauthenticated'
  | 'permission_denied'
  | 'document_not_found'
  | 'session_not_found'
  | 'room_not_found'
  | 'message_not_found'
  | 'invalid_request'
  | 'invalid_operation'
  | 'revision_ahead'
  | 'revision_too_old'
  | 'operation_failed'
  | 'payload_too_large'
  | 'rate_limited'
  | 'document_too_large'
  | 'store_unavailable'
  | 'server_draining';

/** A refusal, raised beside the failed call for clients that do not wait for its result. */
export interface ErrorMessage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly documentId?: string | null;
  readonly operationId?: string | null;
  /** The machine-readable reason, for example `split-surrogate` for an invalid operation. */
  readonly details?: string | null;
}
