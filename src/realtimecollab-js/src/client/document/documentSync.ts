import type { Selection, TextOperation } from '../../ot/index.js';
import type { DocumentChecksum, DocumentRole, DocumentSnapshot } from '../../protocol/index.js';
import { Emitter } from '../emitter.js';
import { CollabError, CollabServerError } from '../errors.js';
import { EditKeeper } from '../edits/editKeeper.js';
import type { DocumentChannel } from './channel.js';
import { ContentCheck } from './contentCheck.js';
import { Delivery, type DeliveryHost } from './delivery.js';
import { EntryFlow, type EntryFlowHost } from './entryFlow.js';
import type { DocumentEvents, DocumentState } from './events.js';
import { remedyFor, type Remedy } from '../connection/failure.js';
import { LocalCopy } from './localCopy.js';
import { Membership, type MembershipHost, type OpenOptions } from './membership.js';
import { Recovery, type RecoveryHost } from './recovery.js';
import { DocumentVersions } from './versions.js';

/**
 * Keeps the local copy of a document and the server's the same: joins over each connection, sends edits, takes entries,
 * and knows what to do when the server cannot follow. Behind {@link CollabDocument}, which is what users see.
 */
export class DocumentSync implements MembershipHost, EntryFlowHost, DeliveryHost, RecoveryHost {
  readonly events = new Emitter<DocumentEvents>();
  readonly documentId: string;
  readonly local: LocalCopy;
  readonly entries: EntryFlow;
  readonly contentCheck = new ContentCheck();
  readonly recovery: Recovery;
  readonly versions: DocumentVersions;
  /** Settled when the document has its content, or cannot have it. */
  readonly opened: Promise<void>;
  role: DocumentRole = 'none';
  readonly #options: OpenOptions;
  readonly #channel: DocumentChannel;
  readonly #membership: Membership;
  readonly #delivery: Delivery;
  readonly #keeper: EditKeeper | undefined;
  #settleOpened!: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
  #isLoaded = false;
  #closedReason: string | null = null;
  /** Not joined, but about to be again: nothing to be told. */
  #isMoving = false;
  #state: DocumentState = 'offline';

  constructor(documentId: string, options: OpenOptions, channel: DocumentChannel) {
    this.documentId = documentId;
    this.#options = options;
    this.#channel = channel;
    this.opened = new Promise((resolve, reject) => (this.#settleOpened = { resolve, reject }));
    this.local = new LocalCopy(channel.clientId, () => channel.limits().maxOperationBytes, this.events);
    this.entries = new EntryFlow(this.local, channel, this);
    this.recovery = new Recovery(this.local, this.events, this);
    this.#membership = new Membership(documentId, options, channel, this);
    this.versions = new DocumentVersions(channel.http, this);
    const storeFailed = (error: unknown): void => this.#report('edit_store_failed', 'edits cannot be kept', error);
    if (channel.edits !== undefined && options.readOnly !== true) {
      this.#keeper = new EditKeeper(documentId, channel.edits, this.local.replica, storeFailed);
    }
    this.#delivery = new Delivery(this.local, channel, this.#keeper, this);
  }

  get state(): DocumentState {
    return this.#state;
  }

  get isJoined(): boolean {
    return this.#membership.isJoined;
  }

  get isClosed(): boolean {
    return this.#closedReason !== null;
  }

  get closedReason(): string | null {
    return this.#closedReason;
  }

  get isFollowing(): boolean {
    return this.#isLoaded && !this.isClosed && this.recovery.conflict === null && !this.recovery.mustLoad;
  }

  get revision(): number {
    return this.local.replica.revision;
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

  /** @throws {RangeError} if a position is outside of the document. */
  select(selection: Selection | null): void {
    this.local.select(selection);
    this.#delivery.pump();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    const left = this.#leave();
    this.end('closed');
    await Promise.all([left, this.#keeper?.keep()]);
  }

  // What the client tells

  connected(): void {
    if (!this.isClosed && this.recovery.conflict === null) this.#membership.join();
  }

  /** @param isMoving whether the next connection follows at once, as far as one can tell. */
  disconnected(isMoving: boolean): void {
    this.#isMoving = isMoving && (this.isJoined || this.#isMoving);
    this.#membership.lose();
    this.#delivery.pause();
    this.entries.stop();
    this.#updateState();
  }

  /** A heartbeat told the server's revision; undefined if the server does not know that the client is here. */
  headIs(revision: number | undefined): void {
    if (!this.isJoined) return;
    if (revision === undefined) this.rejoin();
    else this.entries.expect(revision);
  }

  /** A heartbeat told the hash of the server's content at a revision. */
  checksumIs(checksum: DocumentChecksum): void {
    const { revision, document, pending } = this.local.replica;
    if (!this.isJoined || !this.isFollowing || pending.length > 0 || checksum.revision !== revision) return;
    const localHash = this.contentCheck.findMismatch(document, checksum);
    if (localHash === null) return;
    this.recovery.loadAnew();
    const { documentId } = this;
    this.events.emit('checksumMismatch', { documentId, revision, localHash, serverHash: checksum.hash });
  }

  roleIs(role: DocumentRole): void {
    this.#setRole(role);
    if (role === 'none') {
      this.end('permission_denied');
      return;
    }
    if (!this.readOnly && this.isJoined && !this.#membership.isWriter) this.rejoin();
  }

  /** The document is closed for good. */
  end(reason: string): void {
    if (this.isClosed) return;
    this.#closedReason = reason;
    this.disconnected(false);
    this.#delivery.stop();
    this.#settleOpened.reject(new CollabError('session_not_found', `the document was closed: ${reason}`));
    this.events.emit('closed', { reason, operations: this.local.replica.pending });
  }

  /** Something was edited or has come in: sends what there is to send, and tells the state. */
  proceed(): void {
    this.#delivery.pump();
    this.#keeper?.changed();
    this.#updateState();
  }

  // Joining

  prepare(): Promise<void> | undefined {
    return this.#isLoaded || this.#keeper === undefined ? undefined : this.#takeKept(this.#keeper);
  }

  get resumeRevision(): number | undefined {
    return this.#isLoaded && !this.recovery.mustLoad ? this.revision : undefined;
  }

  async adopt(snapshot: DocumentSnapshot, sinceRevision: number | undefined): Promise<void> {
    this.#setRole(snapshot.role);
    if (sinceRevision === undefined) this.#takeContent(snapshot);
    else await this.#resume(snapshot, sinceRevision);
    this.local.people.replaceAll(snapshot.clients, snapshot.revision);
  }

  joined(): void {
    this.#isMoving = false;
    this.#settleOpened.resolve();
    const mayWrite = this.#membership.isWriter || this.#options.readOnly === true;
    if (!mayWrite && this.local.replica.pending.length > 0) {
      this.recovery.enterConflict('permission_denied');
      return;
    }
    this.entries.proceed();
    this.proceed();
  }

  joinsLater(): void {
    this.#isMoving = false;
    this.#updateState();
  }

  cannotJoin(remedy: Remedy, error: unknown): void {
    if (remedy === 'reload' && this.#isLoaded) {
      this.recovery.cannotGoOn(error);
      return;
    }
    this.#settleOpened.reject(error);
    this.end((error as CollabError).code);
  }

  /** Goes on from what was left by a client that is gone, as if that had been this one. */
  async #takeKept(keeper: EditKeeper): Promise<void> {
    const kept = await keeper.claim();
    if (kept === null || this.#isLoaded) return;
    try {
      this.local.replica.restore(kept);
      this.entries.restartAfter(this.revision);
      this.#isLoaded = true;
    } catch (error) {
      this.#report('edit_store_failed', 'edits that were kept cannot be read', error);
    }
  }

  /** Goes on from what is here, as far as the server has what came after it. */
  async #resume(snapshot: DocumentSnapshot, sinceRevision: number): Promise<void> {
    const { replica } = this.local;
    const hasContent = snapshot.content !== null && snapshot.content !== undefined;
    if (snapshot.revision < sinceRevision) {
      throw new CollabServerError('revision_ahead', `the server is at revision ${snapshot.revision}`);
    } else if (hasContent && snapshot.revision > replica.revision && replica.pending.length === 0) {
      this.#takeContent(snapshot);
    } else {
      this.entries.receive(snapshot.operations);
      await this.entries.readTo(snapshot.revision);
    }
  }

  #takeContent(snapshot: DocumentSnapshot): void {
    this.entries.restartAfter(snapshot.revision);
    this.recovery.take(snapshot, !this.#isLoaded);
    this.#isLoaded = true;
    this.entries.proceed();
  }

  get canSubmit(): boolean {
    return this.isFollowing && this.#membership.isWriter;
  }

  submitted(): void {
    this.#updateState();
  }

  // Trouble

  diverged(error: unknown): void {
    this.recovery.diverged(error);
  }

  cannotSubmit(remedy: Remedy, error: unknown): void {
    if (!this.#startOver(remedy, error)) this.recovery.refused(error);
  }

  cannotCatchUp(error: unknown): void {
    const remedy = remedyFor(error);
    // what is refused is asked for again at the next heartbeat
    if (!this.#startOver(remedy, error) && remedy === 'refused') this.events.emit('error', error as CollabError);
  }

  /** What helps where the same call would fail again. @returns whether something does. */
  #startOver(remedy: Remedy, error: unknown): boolean {
    if (remedy === 'reconnect') this.#channel.move();
    else if (remedy === 'rejoin' || (error as CollabError).code === 'revision_ahead') this.rejoin();
    else if (remedy === 'reload') this.recovery.cannotGoOn(error);
    else return false;
    return true;
  }

  rejoin(): void {
    this.disconnected(true);
    this.connected();
  }

  stopForConflict(): void {
    this.disconnected(false);
    this.#settleOpened.resolve();
  }

  async #leave(): Promise<void> {
    try {
      await this.#membership.leave();
    } catch (error) {
      // without a connection there is nothing to leave: the server has noticed by itself
      if (remedyFor(error) !== 'wait') throw error;
    }
  }

  #report(code: 'edit_store_failed', what: string, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.events.emit('error', new CollabError(code, `${what}: ${why}`, { cause: error }));
  }

  #setRole(role: DocumentRole): void {
    if (this.role === role) return;
    this.role = role;
    this.events.emit('role', role);
  }

  #requireEditable(growth: number): void {
    if (this.isClosed) throw new CollabError('session_not_found', 'the document is closed');
    if (this.readOnly) throw new CollabError('permission_denied', 'the document is open for reading only');
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
    if (this.isClosed) return 'offline';
    if (this.recovery.conflict !== null) return 'conflict';
    if (!this.isJoined && !this.#isMoving) return 'offline';
    return this.local.replica.hasUnsavedEdits ? 'saving' : 'synchronized';
  }
}
