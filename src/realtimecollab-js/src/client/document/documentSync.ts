import { Document, type Selection, type TextOperation } from '../../ot/index.js';
import type { DocumentChecksum, DocumentRole, DocumentSnapshot, SubmitOperationResult } from '../../protocol/index.js';
import { Emitter } from '../emitter.js';
import { CollabError } from '../errors.js';
import type { DocumentChannel } from './channel.js';
import { ContentCheck } from './contentCheck.js';
import { EntryFlow, type EntryFlowHost } from './entryFlow.js';
import type { DocumentConflict, DocumentEvents, DocumentState } from './events.js';
import { remedyFor, type Remedy } from './failure.js';
import { LocalCopy } from './localCopy.js';
import { Membership, type MembershipHost, type OpenOptions } from './membership.js';
import type { OutgoingOperation } from './replica.js';
import { SelectionSender, type SelectionSenderHost } from './selectionSender.js';
import { Submitter, type SubmitterHost } from './submitter.js';

/**
 * Keeps the local copy of a document and the server's the same: joins over each connection, sends edits, takes entries,
 * and knows what to do when the server cannot follow. Behind {@link CollabDocument}, which is what users see.
 */
export class DocumentSync implements MembershipHost, EntryFlowHost, SubmitterHost, SelectionSenderHost {
  readonly events = new Emitter<DocumentEvents>();
  readonly documentId: string;
  readonly local: LocalCopy;
  readonly entries: EntryFlow;
  readonly contentCheck = new ContentCheck();
  /** Settled when the document has its content, or cannot have it. */
  readonly opened: Promise<void>;
  role: DocumentRole = 'none';
  conflict: DocumentConflict | null = null;
  readonly #options: OpenOptions;
  readonly #channel: DocumentChannel;
  readonly #membership: Membership;
  readonly #submitter: Submitter;
  readonly #selection = new SelectionSender(this);
  #settleOpened!: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
  #isLoaded = false;
  #isClosed = false;
  /** The content is to be loaded anew: as the server refused edits, or else, and then edits made meanwhile are kept. */
  #reload: CollabError | 'needed' | null = null;
  #state: DocumentState = 'offline';

  constructor(documentId: string, options: OpenOptions, channel: DocumentChannel) {
    this.documentId = documentId;
    this.#options = options;
    this.#channel = channel;
    this.opened = new Promise((resolve, reject) => (this.#settleOpened = { resolve, reject }));
    this.local = new LocalCopy(
      channel.clientId,
      () => channel.limits().maxOperationBytes,
      this.#selection,
      this.events,
    );
    this.entries = new EntryFlow(this.local, channel, this);
    this.#membership = new Membership(documentId, options, channel, this);
    this.#submitter = new Submitter(this.local.replica, this);
  }

  get state(): DocumentState {
    return this.#state;
  }

  get isJoined(): boolean {
    return this.#membership.isJoined;
  }

  get isFollowing(): boolean {
    return this.#isLoaded && !this.#isClosed && this.conflict === null && this.#reload === null;
  }

  get readOnly(): boolean {
    return this.#options.readOnly === true || (this.role !== 'editor' && this.role !== 'owner');
  }

  // What the user does

  /** @throws {CollabError | OperationError} Nothing is changed then. */
  edit(operation: TextOperation, source: unknown): void {
    this.#requireEditable(operation.targetLength - operation.baseLength);
    if (operation.isNoop) return;
    this.local.edit(operation, source);
    this.proceed();
  }

  /** @throws {CollabError} */
  revert(which: 'undo' | 'redo'): boolean {
    this.#requireEditable(0);
    const hasReverted = this.local.revert(which);
    this.proceed();
    return hasReverted;
  }

  /** Ends a conflict in favour of the server. */
  reload(): void {
    if (this.conflict === null) return;
    this.conflict = null;
    this.#loadAnew('needed');
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    const left = this.#membership.leave();
    this.end('closed');
    try {
      await left;
    } catch (error) {
      // without a connection there is nothing to leave: the server has noticed by itself
      if (remedyFor(error) !== 'wait') throw error;
    }
  }

  // What the client tells

  connected(): void {
    if (!this.#isClosed && this.conflict === null) this.#membership.join();
  }

  disconnected(): void {
    this.#membership.lose();
    this.#submitter.stop();
    this.entries.stop();
    this.#selection.forget();
    this.#updateState();
  }

  /** A heartbeat told the server's revision; undefined if the server does not know that the client is here. */
  headIs(revision: number | undefined): void {
    if (!this.isJoined) return;
    if (revision === undefined) this.#rejoin();
    else this.entries.expect(revision);
  }

  /** A heartbeat told the hash of the server's content at a revision. */
  checksumIs(checksum: DocumentChecksum): void {
    const { revision, document, pending } = this.local.replica;
    if (!this.isJoined || !this.isFollowing || pending.length > 0 || checksum.revision !== revision) return;
    const localHash = this.contentCheck.findMismatch(document, checksum);
    if (localHash === null) return;
    this.#loadAnew('needed');
    const { documentId } = this;
    this.events.emit('checksumMismatch', { documentId, revision, localHash, serverHash: checksum.hash });
  }

  roleIs(role: DocumentRole): void {
    if (role === 'none') {
      this.end('permission_denied');
      return;
    }
    this.#setRole(role);
    if (!this.readOnly && this.isJoined && !this.#membership.isWriter) this.#rejoin();
  }

  /** The document is closed for good. */
  end(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.disconnected();
    this.#selection.stop();
    this.#settleOpened.reject(new CollabError('closed', `the document was closed: ${reason}`));
    this.events.emit('closed', { reason, operations: this.local.replica.pending });
  }

  /** Something was edited or has come in: sends what there is to send, and tells the state. */
  proceed(): void {
    this.#submitter.pump();
    this.#selection.schedule();
    this.#updateState();
  }

  // Joining

  get resumeRevision(): number | undefined {
    return this.#isLoaded && this.#reload === null ? this.local.replica.revision : undefined;
  }

  async adopt(snapshot: DocumentSnapshot, sinceRevision: number | undefined): Promise<void> {
    this.#setRole(snapshot.role);
    if (sinceRevision === undefined) this.#takeContent(snapshot);
    else await this.#resume(snapshot, sinceRevision);
    this.local.people.replaceAll(snapshot.clients, snapshot.revision);
  }

  joined(): void {
    this.#settleOpened.resolve();
    this.entries.proceed();
    this.proceed();
  }

  cannotJoin(remedy: Remedy, error: unknown): void {
    if (remedy === 'reload' && this.#isLoaded) {
      this.#cannotGoOn(error);
      return;
    }
    this.#settleOpened.reject(error);
    this.end((error as CollabError).code);
  }

  /** Goes on from what is here, as far as the server has what came after it. */
  async #resume(snapshot: DocumentSnapshot, sinceRevision: number): Promise<void> {
    const { replica } = this.local;
    const hasContent = snapshot.content !== null && snapshot.content !== undefined;
    if (snapshot.revision < sinceRevision) {
      this.#enterConflict('revision_ahead');
    } else if (hasContent && snapshot.revision > replica.revision && replica.pending.length === 0) {
      this.#takeContent(snapshot);
    } else {
      this.entries.receive(snapshot.operations);
      await this.entries.readTo(snapshot.revision);
    }
  }

  #takeContent({ content, revision }: DocumentSnapshot): void {
    const document = Document.fromContent(content);
    const { replica } = this.local;
    if (this.#reload instanceof CollabError) {
      const lost = { operations: replica.pending, content: replica.document.toContent() };
      this.events.emit('rejected', { error: this.#reload, ...lost });
    }
    this.entries.restartAfter(revision);
    this.local.replace(document, revision, !this.#isLoaded);
    this.#isLoaded = true;
    this.#reload = null;
    this.entries.proceed();
  }

  // Sending

  get canSubmit(): boolean {
    return this.isFollowing && this.#membership.isWriter;
  }

  async submit({ operationId, baseRevision, operation }: OutgoingOperation, isLast: boolean): Promise<number> {
    const selection = isLast ? this.#selection.current : null;
    if (selection !== null) this.#selection.markKnown(selection);
    const request = { documentId: this.documentId, operationId, baseRevision, operation, selection };
    return ((await this.#channel.invoke('SubmitOperation', request)) as SubmitOperationResult).revision;
  }

  saved(revision: number): void {
    this.entries.expect(revision);
    this.#updateState();
  }

  cannotSubmit(remedy: Remedy, error: unknown): void {
    if (remedy === 'reconnect') this.#channel.drop();
    else if (remedy === 'rejoin') this.#rejoin();
    else if (remedy === 'reload') this.#cannotGoOn(error);
    else this.#loadAnew(error as CollabError);
  }

  get canSendSelection(): boolean {
    return this.canSubmit && this.local.replica.pending.length === 0;
  }

  async sendSelection(selection: Selection | null): Promise<void> {
    const { revision } = this.local.replica;
    await this.#channel.invoke('UpdateSelection', { documentId: this.documentId, revision, selection });
  }

  cannotSendSelection(error: unknown): void {
    // the next one does: a selection is not worth more
    if (remedyFor(error) === 'refused') this.events.emit('error', error as CollabError);
  }

  // Trouble

  diverged(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.events.emit(
      'error',
      new CollabError('protocol', `an operation of the server does not fit: ${why}`, { cause: error }),
    );
    if (this.local.replica.pending.length > 0) this.#enterConflict('protocol');
    else this.#loadAnew('needed');
  }

  cannotCatchUp(error: unknown): void {
    const remedy = remedyFor(error);
    if (remedy === 'reconnect') this.#channel.drop();
    else if (remedy === 'rejoin') this.#rejoin();
    else if (remedy === 'reload') this.#cannotGoOn(error);
    else if (remedy === 'refused') this.events.emit('error', error as CollabError); // asked again at the next heartbeat
  }

  /** The server has not the entries that are needed. */
  #cannotGoOn(error: unknown): void {
    const { code } = error as CollabError;
    const isSafe = code === 'revision_too_old' && this.local.replica.pending.length === 0;
    if (isSafe) this.#loadAnew('needed');
    else this.#enterConflict(code === 'revision_ahead' ? code : 'revision_too_old');
  }

  #loadAnew(reason: CollabError | 'needed'): void {
    this.#reload = reason;
    if (reason === 'needed') this.local.giveUp();
    this.#rejoin();
  }

  #rejoin(): void {
    this.disconnected();
    this.connected();
  }

  #enterConflict(reason: DocumentConflict['reason']): void {
    const { revision, pending, document } = this.local.replica;
    this.conflict = { reason, baseRevision: revision, operations: pending, content: document.toContent() };
    this.disconnected();
    this.events.emit('conflict', this.conflict);
  }

  #setRole(role: DocumentRole): void {
    if (this.role === role) return;
    this.role = role;
    this.events.emit('role', role);
  }

  #requireEditable(growth: number): void {
    if (this.#isClosed) throw new CollabError('closed', 'the document is closed');
    if (this.readOnly) throw new CollabError('read_only', 'the document is open for reading only');
    const longest = this.#channel.limits().maxDocumentLength;
    if (growth > 0 && this.local.replica.document.length + growth > longest) {
      throw new CollabError('document_too_large', `a document has at most ${longest} characters`);
    }
  }

  #updateState(): void {
    const state = this.#currentState();
    if (state === this.#state) return;
    this.#state = state;
    this.events.emit('state', state);
  }

  #currentState(): DocumentState {
    if (this.#isClosed) return 'closed';
    if (this.conflict !== null) return 'conflict';
    if (!this.isJoined) return 'offline';
    return this.local.replica.hasUnsavedEdits ? 'saving' : 'synchronized';
  }
}
