import type {
  AccessChanged,
  DocumentClosed,
  HeartbeatResult,
  OperationBatch,
  ParticipantMessage,
  SelectionsChanged,
  SessionInfo,
} from '../../protocol/index.js';
import type { HubTransport } from '../connection/transport.js';
import { traceReceived } from '../tracing.js';
import type { DocumentChannel } from './channel.js';
import { CollabDocument } from './collabDocument.js';
import { DocumentSync } from './documentSync.js';
import type { OpenOptions } from './membership.js';

interface OpenDocument {
  readonly document: CollabDocument;
  readonly sync: DocumentSync;
}

/** The open documents of a client: gives each what the server says about it. */
export class DocumentRegistry {
  readonly #channel: DocumentChannel;
  readonly #open = new Map<string, OpenDocument>();

  constructor(transport: HubTransport, channel: DocumentChannel) {
    this.#channel = channel;
    const sync = (message: { readonly documentId: string }) => this.#open.get(message.documentId)?.sync;
    const people = (message: { readonly documentId: string }) => sync(message)?.local.people;
    transport.on('OperationsApplied', (batch: OperationBatch) => {
      traceReceived(channel.tracer, batch);
      sync(batch)?.entries.receive(batch.operations);
    });
    transport.on('SelectionsChanged', (message: SelectionsChanged) => people(message)?.changeSelections(message));
    transport.on('UserJoined', (message: ParticipantMessage) => people(message)?.join(message.client));
    transport.on('UserLeft', (message: ParticipantMessage) => people(message)?.leave(message.client.clientId));
    transport.on('SessionInfo', (message: SessionInfo) =>
      people(message)?.replaceAll(message.clients, message.revision),
    );
    transport.on('AccessChanged', (message: AccessChanged) => sync(message)?.roleIs(message.role));
    transport.on('DocumentClosed', (message: DocumentClosed) => sync(message)?.end(message.reason));
  }

  /** The document, opened with these options unless it is open already. */
  open(documentId: string, options: OpenOptions): OpenDocument & { readonly isNew: boolean } {
    const present = this.#open.get(documentId);
    if (present !== undefined) return { ...present, isNew: false };
    const sync = new DocumentSync(documentId, options, this.#channel);
    const opened = { sync, document: new CollabDocument(sync) };
    this.#open.set(documentId, opened);
    sync.events.on('closed', () => this.#open.delete(documentId));
    return { ...opened, isNew: true };
  }

  /** There is a connection. */
  connected(): void {
    for (const { sync } of this.#open.values()) sync.connected();
  }

  /** The connection is lost, or left for the next one. */
  disconnected(isMoving: boolean): void {
    for (const { sync } of this.#open.values()) sync.disconnected(isMoving);
  }

  get joinedIds(): readonly string[] {
    return [...this.#open].filter(([, { sync }]) => sync.isJoined).map(([id]) => id);
  }

  /** The server's revisions of the documents that were asked for, and hashes of some. */
  compare(asked: readonly string[], answer: HeartbeatResult): void {
    // an id may be any word, such as the name of something that every object inherits
    const heads = new Map(Object.entries(answer.heads));
    for (const documentId of asked) this.#open.get(documentId)?.sync.headIs(heads.get(documentId));
    for (const [documentId, checksum] of Object.entries(answer.checksums)) {
      this.#open.get(documentId)?.sync.checksumIs(checksum);
    }
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ sync }) => sync.close()));
  }
}
