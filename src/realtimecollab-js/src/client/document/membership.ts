import type { ContentType } from '../../ot/index.js';
import type { DocumentSnapshot } from '../../protocol/index.js';
import { CollabServerError } from '../errors.js';
import type { DocumentChannel } from './channel.js';
import { MAX_BEHIND, remedyFor, retryDelay, type Remedy } from '../connection/failure.js';

/** How a document is to be opened. */
export interface OpenOptions {
  /** What the document holds if this call creates it; plain text by default. */
  readonly contentType?: ContentType;
  /** The text of the document if this call creates it; ignored when it exists. */
  readonly initialText?: string;
  /** Only to follow it. */
  readonly readOnly?: boolean;
}

/** What {@link Membership} needs of its document. */
export interface MembershipHost {
  /** Finds what this client has of the document, before it joins for the first time. */
  prepare(): Promise<void> | undefined;
  /** The revision to go on from; undefined to ask for the whole content. */
  readonly resumeRevision: number | undefined;
  /**
   * Takes what the server answered, when it was asked for what came after `sinceRevision`; entries that were pushed since
   * may have led further already. @throws what {@link Membership} then treats as a failed call
   */
  adopt(snapshot: DocumentSnapshot, sinceRevision: number | undefined): Promise<void>;
  /** Joined, and the content is that of the server. */
  joined(): void;
  /** It takes longer. */
  joinsLater(): void;
  /** Not to be had in this way; the remedy is `reload` or `refused`. */
  cannotJoin(remedy: Remedy, error: unknown): void;
}

/** Whether the present connection has joined the document, and what it takes to get there. */
export class Membership {
  readonly #documentId: string;
  readonly #options: OpenOptions;
  readonly #channel: DocumentChannel;
  readonly #host: MembershipHost;
  #joined: 'writer' | 'reader' | null = null;
  /** Counts attempts, so that the answer to an earlier one is not taken for that of the present one. */
  #attempt = 0;
  #failures = 0;
  /** How often the server was behind the client. */
  #behind = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(documentId: string, options: OpenOptions, channel: DocumentChannel, host: MembershipHost) {
    this.#documentId = documentId;
    this.#options = options;
    this.#channel = channel;
    this.#host = host;
  }

  get isJoined(): boolean {
    return this.#joined !== null;
  }

  get isWriter(): boolean {
    return this.#joined === 'writer';
  }

  /** Joins the document, or joins it again. */
  join(): void {
    this.lose();
    void this.#join(this.#attempt);
  }

  /** The connection is lost, or the document is no longer to be followed over it. */
  lose(): void {
    this.#attempt++;
    this.#joined = null;
    clearTimeout(this.#retry);
  }

  /** Leaves the document. @throws {CollabError} */
  async leave(): Promise<void> {
    const wasJoined = this.isJoined;
    this.lose();
    if (!wasJoined) return;
    // both, as a reader may have become a writer; to stop what was not begun is no error
    const request = { documentId: this.#documentId };
    await Promise.all([this.#channel.invoke('StopEditing', request), this.#channel.invoke('Unsubscribe', request)]);
  }

  async #join(attempt: number): Promise<void> {
    try {
      const prepared = this.#host.prepare();
      if (prepared !== undefined) await prepared;
      if (attempt !== this.#attempt) return;
      const sinceRevision = this.#host.resumeRevision;
      const snapshot = await this.#request(sinceRevision);
      if (attempt !== this.#attempt) return;
      await this.#host.adopt(snapshot, sinceRevision);
      if (attempt !== this.#attempt) return;
      this.#joined = snapshot.readOnly ? 'reader' : 'writer';
      this.#failures = this.#behind = 0;
      this.#host.joined();
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error);
    }
  }

  async #request(sinceRevision: number | undefined): Promise<DocumentSnapshot> {
    if (this.#options.readOnly === true) return this.#subscribe(sinceRevision);
    const { contentType, initialText } = this.#options;
    const request = { documentId: this.#documentId, contentType, initialText, sinceRevision };
    try {
      return (await this.#channel.invoke('StartEditing', request)) as DocumentSnapshot;
    } catch (error) {
      // who may not write may still read
      if (error instanceof CollabServerError && error.code === 'permission_denied')
        return this.#subscribe(sinceRevision);
      throw error;
    }
  }

  async #subscribe(sinceRevision: number | undefined): Promise<DocumentSnapshot> {
    const request = { documentId: this.#documentId, readOnly: true, sinceRevision };
    const snapshot = (await this.#channel.invoke('Subscribe', request)) as DocumentSnapshot;
    return { ...snapshot, readOnly: true };
  }

  #fail(error: unknown): void {
    const remedy = remedyFor(error);
    if (remedy === 'reconnect') this.#channel.move();
    else if (remedy === 'wait') return;
    else if (this.#mayRetry(remedy, error)) {
      this.#retry = setTimeout(() => this.join(), retryDelay(++this.#failures));
      this.#host.joinsLater();
    } else this.#host.cannotJoin(remedy === 'reload' ? remedy : 'refused', error);
  }

  #mayRetry(remedy: Remedy, error: unknown): boolean {
    if ((error as CollabServerError).code === 'revision_ahead') return ++this.#behind <= MAX_BEHIND;
    return remedy === 'retry' || remedy === 'retryFew' || remedy === 'rejoin';
  }
}
