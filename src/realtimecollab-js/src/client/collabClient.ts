import type { HeartbeatResult, WelcomeMessage } from '../protocol/index.js';
import { Heartbeat } from './connection/heartbeat.js';
import { HttpApi } from './connection/httpApi.js';
import type { ConnectionState, HubLink } from './connection/hubLink.js';
import { watchNetwork } from './connection/network.js';
import { openHub } from './connection/openHub.js';
import type { DocumentChannel, EditLimits } from './document/channel.js';
import { CollabDocument } from './document/collabDocument.js';
import { DocumentRegistry } from './document/documentRegistry.js';
import type { OpenOptions } from './document/membership.js';
import type { EditStoreAccess } from './edits/editKeeper.js';
import type { EditStore } from './edits/editStore.js';
import { Emitter, type Unsubscribe } from './emitter.js';
import { CollabError } from './errors.js';
import { withoutSlash, type CollabClientOptions } from './options.js';
import { randomId } from './randomId.js';
import type { Tracer } from './tracing.js';

/** What a client tells. */
export interface CollabClientEvents {
  /** The connection. Whether edits are safe is told by each document's own state. */
  connection: ConnectionState;
  /** A connection was accepted. */
  welcome: WelcomeMessage;
  /** Connecting failed, or a connection broke; the next attempt follows by itself. */
  error: CollabError;
}

/** What holds until the server has told its limits. */
const DEFAULT_LIMITS: EditLimits = { maxOperationBytes: 512 * 1024, maxDocumentLength: 10_000_000 };

/**
 * A client of a RealtimeCollab server: one connection, kept up by itself, for any number of documents.
 *
 * ```ts
 * await using client = new CollabClient({ url: 'https://docs.example', token: () => fetchToken() });
 * const document = await client.open('welcome');
 * document.on('change', () => render(document.text));
 * document.insert(0, 'Hello');
 * ```
 */
export class CollabClient {
  /** Random if it was not given; stable over all connections of this client. */
  readonly clientId: string;
  readonly #events = new Emitter<CollabClientEvents>();
  readonly #link: HubLink;
  readonly #heartbeat: Heartbeat<HeartbeatResult>;
  readonly #documents: DocumentRegistry;
  readonly #unwatchNetwork: Unsubscribe;
  readonly #edits: EditStoreAccess | undefined;
  #welcome: WelcomeMessage | undefined;
  #isClosed = false;

  /** Connects when the first document is opened. */
  constructor(options: CollabClientOptions) {
    this.clientId = options.clientId ?? randomId();
    const { transport, link } = openHub('document', this.clientId, options);
    this.#link = link;
    if (options.editStore !== undefined) this.#edits = this.#accessTo(options.editStore, withoutSlash(options.url));
    const http = new HttpApi(withoutSlash(options.url), options.token);
    this.#documents = new DocumentRegistry(transport, this.#channel(http, options.tracer));
    this.#heartbeat = new Heartbeat(this.#link, {
      member: 'documentIds',
      joinedIds: () => this.#documents.joinedIds,
      answered: (asked, answer) => this.#documents.compare(asked, answer),
      refused: (error) => this.#events.emit('error', error),
    });
    transport.on('Welcome', (message: WelcomeMessage) => {
      this.#welcome = message;
      this.#events.emit('welcome', message);
    });
    this.#link.events.on('error', (error) => this.#events.emit('error', error));
    this.#link.events.on('state', (state) => this.#connectionIs(state));
    this.#unwatchNetwork = watchNetwork({
      online: () => this.#link.retryNow(),
      offline: () => void this.#heartbeat.doubt(),
    });
  }

  /** The state of the connection. */
  get connection(): ConnectionState {
    return this.#link.state;
  }

  /** Who the server takes the user for, and what it accepts; undefined before the first connection. */
  get welcome(): WelcomeMessage | undefined {
    return this.#welcome;
  }

  /** Listens to an event until the returned function is called. */
  on<Name extends keyof CollabClientEvents>(
    name: Name,
    listener: (event: CollabClientEvents[Name]) => void,
  ): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Opens a document, and creates it if it does not exist and the user may. Waits for a connection, if need be for
   * ever. A document that is open already is given again, with the options that it was opened with.
   * Who may read and not write gets the document read-only.
   * @param documentId 1 to 128 characters of `A-Z a-z 0-9 . _ ~ -`.
   * @throws {CollabError} `permission_denied`, `invalid_request`, `document_not_found`, or `session_not_found` if the client is closed.
   */
  async open(documentId: string, options: OpenOptions = {}): Promise<CollabDocument> {
    if (this.#isClosed) throw new CollabError('session_not_found', 'the client is closed');
    const { document, sync, isNew } = this.#documents.open(documentId, options);
    if (isNew && this.#link.state === 'connected') sync.connected();
    this.#link.start();
    await sync.opened;
    return document;
  }

  /** Does not wait for the next attempt to connect. */
  reconnectNow(): void {
    if (!this.#isClosed) this.#link.start();
    this.#link.retryNow();
  }

  /** Leaves all documents and disconnects. What was not saved is in the documents' `closed` events. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unwatchNetwork();
    await this.#documents.closeAll();
    this.#edits?.store.release(this.#edits.owner);
    await this.#link.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #connectionIs(state: ConnectionState): void {
    if (state === 'connected') {
      this.#heartbeat.start();
      this.#documents.connected();
    } else {
      this.#heartbeat.stop();
      this.#documents.disconnected(state === 'moving');
    }
    this.#events.emit('connection', state);
  }

  #accessTo(store: EditStore, server: string): EditStoreAccess {
    const welcome = new Promise<WelcomeMessage>((resolve) => this.on('welcome', resolve));
    const keyOf = async (documentId: string) => ({ server, userId: (await welcome).userId, documentId });
    return { store, owner: randomId(), keyOf };
  }

  #channel(http: HttpApi, tracer: Tracer | undefined): DocumentChannel {
    return {
      clientId: this.clientId,
      userId: () => this.#welcome?.userId,
      limits: () => this.#welcome?.limits ?? DEFAULT_LIMITS,
      invoke: (method, argument) => this.#link.invoke(method, argument),
      move: () => void this.#link.move(),
      http,
      edits: this.#edits,
      tracer,
    };
  }
}
