import type { ContentItem, ContentType } from '../ot/index.js';

/** A revision that somebody has named. */
export interface DocumentVersion {
  readonly versionId: string;
  readonly revision: number;
  readonly name: string;
  /** The user who named it. */
  readonly createdBy: string;
  /** When it was named, ISO 8601 in UTC. */
  readonly createdAt: string;
}

/** A document as it was at a revision. */
export interface DocumentRevision {
  readonly documentId: string;
  readonly contentType: ContentType;
  readonly revision: number;
  /** A string for plain text, an array of inserts for rich text. */
  readonly content: string | readonly ContentItem[];
  /** When the document was created, ISO 8601 in UTC. */
  readonly createdAt: string;
  /** When the revision was made, ISO 8601 in UTC. */
  readonly updatedAt: string;
}
