import type { DocumentRevision, DocumentVersion, SubmitOperationResult } from '../../protocol/index.js';
import type { HttpApi } from '../connection/httpApi.js';
import { randomId } from '../randomId.js';

/** What {@link DocumentVersions} needs of its document. */
export interface VersionsHost {
  readonly documentId: string;
  /** The last revision of the server that is in the content. */
  readonly revision: number;
}

/** The past of a document: any revision that the server still has, those that people named, and the way back to one. */
export class DocumentVersions {
  readonly #http: HttpApi;
  readonly #host: VersionsHost;

  /** @internal */
  constructor(http: HttpApi, host: VersionsHost) {
    this.#http = http;
    this.#host = host;
  }

  /** The named versions, the newest revision first. @throws {CollabError} */
  async list(): Promise<readonly DocumentVersion[]> {
    return ((await this.#call('/versions')) as { versions: readonly DocumentVersion[] }).versions;
  }

  /**
   * The document as it was at a revision.
   * @param revision from 0.
   * @throws {CollabError} `revision_ahead`, or `revision_too_old` for one that was compacted away and not named.
   */
  async read(revision: number): Promise<DocumentRevision> {
    return (await this.#call(`?revision=${revision}`)) as DocumentRevision;
  }

  /**
   * Names a revision, so that it is found again and outlives compaction.
   * @param name 1 to 200 UTF-16 code units.
   * @param revision by default the last one of the server that is here.
   * @throws {CollabError}
   */
  async create(name: string, revision = this.#host.revision): Promise<DocumentVersion> {
    return (await this.#call('/versions', { versionId: randomId(), name, revision })) as DocumentVersion;
  }

  /**
   * Brings the document back to a revision, for everybody, by a new operation: what came since stays in the history, and
   * what others type meanwhile stays in the text.
   * @returns the revision that this made.
   * @throws {CollabError} `revision_ahead`, `revision_too_old`, `permission_denied`.
   */
  async restore(revision: number): Promise<number> {
    const request = { revision, baseRevision: this.#host.revision, operationId: randomId() };
    return ((await this.#call('/restore', request)) as SubmitOperationResult).revision;
  }

  #call(path: string, body?: object): Promise<unknown> {
    return this.#http.call(`${encodeURIComponent(this.#host.documentId)}${path}`, body);
  }
}
