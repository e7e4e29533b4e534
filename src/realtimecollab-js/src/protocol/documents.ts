import type { Component, ContentItem, ContentType, Selection } from '../ot/index.js';

/** What a user may do with a document; each role includes those before it. */
export type DocumentRole = 'none' | 'viewer' | 'commenter' | 'editor' | 'owner';

/** A client in a document; one user may have several. */
export interface Participant {
  readonly clientId: string;
  readonly userId: string;
  readonly userName: string;
  /** `#rrggbb`, the same for all clients of a user in this document. */
  readonly color: string;
  /** A writer, not only a reader. */
  readonly isEditing: boolean;
  readonly selection?: Selection | null;
  /** A label of the device, as its client gave it. */
  readonly device?: string | null;
}

/** An operation as it stands in the log. */
export interface CommittedOperation {
  /** The revision that it made. */
  readonly revision: number;
  readonly clientId: string;
  readonly userId: string;
  readonly operationId: string;
  readonly operation: readonly Component[];
  /** When it was committed, ISO 8601 in UTC. */
  readonly timestamp: string;
  /** The W3C trace context of the span that submitted it; only of one that was traced and is heard of at once. */
  readonly traceparent?: string | null;
}

/** Committed operations in the order of their revisions, without gaps. */
export interface OperationBatch {
  readonly documentId: string;
  /** The revision before the first of them. */
  readonly fromRevision: number;
  readonly operations: readonly CommittedOperation[];
}

/** A document as a client finds it on joining. */
export interface DocumentSnapshot {
  readonly documentId: string;
  readonly sessionId: string;
  readonly contentType: ContentType;
  readonly revision: number;
  /** Absent when {@link operations} bring the client up to date. */
  readonly content?: string | readonly ContentItem[] | null;
  /** What came after the client's revision, when it gave one that is close enough. */
  readonly operations: readonly CommittedOperation[];
  readonly clients: readonly Participant[];
  readonly role: DocumentRole;
  readonly readOnly: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The selection of one client; none when it is gone. */
export interface ClientSelection {
  readonly clientId: string;
  readonly userId: string;
  readonly userName: string;
  readonly color: string;
  readonly selection?: Selection | null;
}

/** Selections that moved, at a revision of the document. */
export interface SelectionsChanged {
  readonly documentId: string;
  readonly revision: number;
  readonly selections: readonly ClientSelection[];
}

/** A client came or went. */
export interface ParticipantMessage {
  readonly documentId: string;
  readonly client: Participant;
}

/** Who is in a document. */
export interface SessionInfo {
  readonly documentId: string;
  readonly sessionId: string;
  readonly revision: number;
  readonly readerCount: number;
  readonly writerCount: number;
  readonly clients: readonly Participant[];
}

/** The user's role changed; `none` means that the connection is out of the document. */
export interface AccessChanged {
  readonly documentId: string;
  readonly role: DocumentRole;
}

/** The document was closed for the connection. */
export interface DocumentClosed {
  readonly documentId: string;
  readonly reason: string;
}

/** An operation is committed. */
export interface SubmitOperationResult {
  readonly documentId: string;
  readonly operationId: string;
  /** The revision that the operation made; for one that was sent again, that of its first time. */
  readonly revision: number;
}

/** Answer to a heartbeat. */
export interface HeartbeatResult {
  readonly serverTime: string;
  /** The revision of each document that the connection has joined. */
  readonly heads: Readonly<Record<string, number>>;
  /** Of some documents, now and then. */
  readonly checksums: Readonly<Record<string, DocumentChecksum>>;
}

/** A hash over the content of a document at a revision. */
export interface DocumentChecksum {
  readonly revision: number;
  /** 16 lower-case hexadecimal digits. */
  readonly hash: string;
}
