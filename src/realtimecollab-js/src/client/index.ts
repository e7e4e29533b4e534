export { CollabClient, type CollabClientEvents } from './collabClient.js';
export type { ConnectionState } from './connection/hubLink.js';
export { jitteredBackoff, type RetryPolicy } from './connection/retry.js';
export { signalRTransport } from './connection/signalr.js';
export type { HubTransport, TokenProvider, TransportFactory, TransportOptions } from './connection/transport.js';
export { CollabDocument } from './document/collabDocument.js';
export type {
  ChangeOrigin,
  ChecksumMismatch,
  ConflictResolution,
  DocumentChange,
  DocumentClosedEvent,
  DocumentConflict,
  DocumentContent,
  DocumentEvents,
  DocumentState,
  EditsRejected,
} from './document/events.js';
export type { OpenOptions } from './document/membership.js';
export type { Person } from './document/people.js';
export type { DocumentVersions } from './document/versions.js';
export type { EditKey, EditStore, KeptEdits } from './edits/editStore.js';
export { MemoryEditStore } from './edits/memoryEditStore.js';
export type { Unsubscribe } from './emitter.js';
export { CollabConnectionError, CollabError, CollabServerError, type CollabErrorCode } from './errors.js';
export type { CollabClientOptions } from './options.js';
export type { ReceivedEntry, SubmitSpan, Tracer } from './tracing.js';
