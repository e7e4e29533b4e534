import {
  contentHash,
  Document,
  TextOperation,
  transformSelection,
  type ContentType,
  type Selection,
} from '../../../src/ot/index.js';
import type { CommittedOperation, DocumentChecksum, DocumentRole, ErrorCode } from '../../../src/protocol/index.js';
import type { FakeConnection } from './fakeTransport.js';

/** What a client may do to a document, in the form in which a real hub gets it. */
interface Submission {
  readonly documentId: string;
  readonly operationId: string;
  readonly baseRevision: number;
  readonly operation: unknown;
  readonly selection?: Selection | null;
  readonly traceparent?: string;
}

interface Member {
  readonly connection: FakeConnection;
  isEditing: boolean;
  selection: Selection | null;
}

/** A refusal, as it reaches clients of SignalR. */
export function refusal(code: ErrorCode, text = 'no'): Error {
  return new Error(`An unexpected error occurred invoking 'X' on the server. HubException: ${code}: ${text}`);
}

/** One document of the fake server: its log, and who is in it. */
export class FakeDocument {
  content = Document.fromText('');
  readonly log: CommittedOperation[] = [];
  readonly members = new Map<FakeConnection, Member>();
  /** Entries up to this revision are gone. */
  compactedTo = 0;
  /** A client that is further behind gets the whole content in place of entries. */
  maxResume = Infinity;
  role: DocumentRole = 'editor';
  /** What heartbeats say of the content. */
  hash = (): string => contentHash(this.content);
  checksumRevision = (): number => this.revision;

  constructor(readonly id: string) {}

  get revision(): number {
    return this.compactedTo + this.log.length;
  }

  entriesAfter(revision: number): readonly CommittedOperation[] {
    if (revision > this.revision) throw refusal('revision_ahead');
    if (revision < this.compactedTo) throw refusal('revision_too_old');
    return this.log.slice(revision - this.compactedTo);
  }

  /** Forgets all entries, as compaction does. */
  compact(): void {
    this.compactedTo = this.revision;
    this.log.length = 0;
  }

  commit(request: Submission, clientId: string, userId: string): CommittedOperation {
    const since = this.entriesAfter(request.baseRevision);
    const known = since.find((entry) => entry.operationId === request.operationId && entry.userId === userId);
    if (known !== undefined) return known;
    let operation = TextOperation.parse(request.operation);
    for (const entry of since) operation = operation.transformOver(TextOperation.parse(entry.operation));
    this.content = this.content.apply(operation);
    const { operationId } = request;
    const entry = {
      revision: this.revision + 1,
      clientId,
      userId,
      operationId,
      operation: operation.toJSON(),
      timestamp: '',
      ...(request.traceparent !== undefined && { traceparent: request.traceparent }),
    };
    this.log.push(entry);
    for (const member of this.members.values()) {
      member.selection &&= transformSelection(member.selection, operation);
    }
    return entry;
  }
}

/** A hub in memory that keeps the contract, over connections that need not keep any. */
export class FakeHub {
  readonly documents = new Map<string, FakeDocument>();
  /** Every call that reached the hub. */
  readonly calls: { readonly method: string; readonly argument: unknown }[] = [];
  /** Refuses calls for which it gives a code. */
  refuse: (method: string, argument: never) => ErrorCode | undefined = () => undefined;

  document(id: string): FakeDocument {
    const document = this.documents.get(id) ?? new FakeDocument(id);
    this.documents.set(id, document);
    return document;
  }

  /** Calls of one method, in order. */
  callsOf(method: string): readonly unknown[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.argument);
  }

  call(connection: FakeConnection, method: string, argument: never): unknown {
    this.calls.push({ method, argument });
    const code = this.refuse(method, argument);
    if (code !== undefined) throw refusal(code);
    const methods = this as unknown as Record<string, (connection: FakeConnection, argument: never) => unknown>;
    return methods[method]?.(connection, argument);
  }

  leave(connection: FakeConnection): void {
    for (const document of this.documents.values()) this.#remove(document, connection);
  }

  /** Commits an operation as somebody else would, over HTTP say, and tells the members. */
  commitAs(userId: string, documentId: string, operation: readonly unknown[]): CommittedOperation {
    const document = this.document(documentId);
    const operationId = `${userId}-${document.revision}`;
    const entry = document.commit(
      { documentId, operationId, baseRevision: document.revision, operation },
      userId,
      userId,
    );
    this.#broadcast(document, entry);
    return entry;
  }

  // The methods of the contract

  StartEditing(
    connection: FakeConnection,
    argument: { documentId: string; contentType?: ContentType; initialText?: string; sinceRevision?: number },
  ): unknown {
    const { documentId, contentType, initialText = '' } = argument;
    if (!this.documents.has(documentId)) {
      const isRich = contentType === 'richText';
      this.document(documentId).content = Document.fromContent(isRich ? [initialText].filter(Boolean) : initialText);
    }
    const document = this.document(argument.documentId);
    if (document.role === 'viewer') throw refusal('permission_denied');
    return this.#join(document, connection, true, argument.sinceRevision);
  }

  Subscribe(connection: FakeConnection, argument: { documentId: string; sinceRevision?: number }): unknown {
    return this.#join(this.document(argument.documentId), connection, false, argument.sinceRevision);
  }

  StopEditing(connection: FakeConnection, argument: { documentId: string }): void {
    this.#remove(this.document(argument.documentId), connection);
  }

  Unsubscribe(connection: FakeConnection, argument: { documentId: string }): void {
    this.#remove(this.document(argument.documentId), connection);
  }

  SubmitOperation(connection: FakeConnection, request: Submission): unknown {
    const document = this.document(request.documentId);
    const member = document.members.get(connection);
    if (member?.isEditing !== true) throw refusal('session_not_found');
    const head = document.revision;
    const entry = document.commit(request, connection.clientId, connection.userId);
    if (entry.revision > head) this.#broadcast(document, entry);
    if (request.selection) member.selection = request.selection;
    return { documentId: request.documentId, operationId: request.operationId, revision: entry.revision };
  }

  UpdateSelection(
    connection: FakeConnection,
    argument: { documentId: string; revision: number; selection: Selection | null },
  ): void {
    const { documentId, selection } = argument;
    const document = this.document(documentId);
    const member = document.members.get(connection);
    if (member === undefined) throw refusal('session_not_found');
    const since = document.entriesAfter(argument.revision).map((entry) => TextOperation.parse(entry.operation));
    member.selection = selection && since.reduce(transformSelection, selection);
    const { clientId, userId } = connection;
    const selections = [{ clientId, userId, userName: userId, color: '#000000', selection: member.selection }];
    for (const other of document.members.keys()) {
      if (other !== connection)
        other.callBack('SelectionsChanged', { documentId, revision: document.revision, selections });
    }
  }

  GetOperations(
    _: FakeConnection,
    { documentId, fromRevision }: { documentId: string; fromRevision: number },
  ): unknown {
    return { documentId, fromRevision, operations: this.document(documentId).entriesAfter(fromRevision).slice(0, 3) };
  }

  Heartbeat(connection: FakeConnection, { documentIds }: { documentIds: readonly string[] }): unknown {
    const joined = documentIds.filter((id) => this.documents.get(id)?.members.has(connection));
    return {
      serverTime: '',
      heads: Object.fromEntries(joined.map((id) => [id, this.document(id).revision])),
      checksums: Object.fromEntries(joined.map((id) => [id, this.#checksum(this.document(id))])),
    };
  }

  #checksum(document: FakeDocument): DocumentChecksum {
    return { revision: document.checksumRevision(), hash: document.hash() };
  }

  #join(document: FakeDocument, connection: FakeConnection, isEditing: boolean, since: number | undefined): unknown {
    const others = [...document.members.values()].filter((member) => member.connection !== connection);
    const isNew = !document.members.has(connection);
    document.members.set(connection, { connection, isEditing, selection: null });
    const message = { documentId: document.id, client: participant(connection, isEditing, null) };
    if (isNew) for (const other of others) other.connection.callBack('UserJoined', message);
    const { revision } = document;
    const mayResume =
      since !== undefined &&
      since <= revision &&
      since >= document.compactedTo &&
      revision - since <= document.maxResume;
    return {
      documentId: document.id,
      revision,
      content: mayResume ? null : document.content.toContent(),
      operations: mayResume ? document.entriesAfter(since) : [],
      clients: others.map((other) => participant(other.connection, other.isEditing, other.selection)),
      role: document.role,
      readOnly: !isEditing,
    };
  }

  #remove(document: FakeDocument, connection: FakeConnection): void {
    if (!document.members.delete(connection)) return;
    const message = { documentId: document.id, client: participant(connection, false, null) };
    for (const other of document.members.keys()) other.callBack('UserLeft', message);
  }

  #broadcast(document: FakeDocument, entry: CommittedOperation): void {
    const batch = { documentId: document.id, fromRevision: entry.revision - 1, operations: [entry] };
    for (const connection of document.members.keys()) connection.callBack('OperationsApplied', batch);
  }
}

function participant({ clientId, userId }: FakeConnection, isEditing: boolean, selection: Selection | null): unknown {
  return { clientId, userId, userName: userId, color: '#000000', isEditing, selection };
}
