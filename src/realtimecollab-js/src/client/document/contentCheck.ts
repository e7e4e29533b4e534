import { contentHash, type Document } from '../../ot/index.js';
import type { DocumentChecksum } from '../../protocol/index.js';

/** In UTF-16 code units. Longer content is not compared: a page would freeze for a moment while it is hashed. */
const LONGEST_COMPARED = 2_000_000;

/** Compares the content with the server's checksums: each content is hashed once, and each revision found to differ once. */
export class ContentCheck {
  #hashed: { readonly content: Document; readonly hash: string } | undefined;
  #found: number | undefined;
  #mismatches = 0;

  /** How many differences were found. */
  get mismatches(): number {
    return this.#mismatches;
  }

  /**
   * Compares content without pending edits with the server's checksum of the same revision.
   * @returns the content's own hash, if it is another and none was found at this revision before; else null.
   */
  findMismatch(content: Document, checksum: DocumentChecksum): string | null {
    if (content.length > LONGEST_COMPARED || checksum.revision === this.#found) return null;
    if (this.#hashed?.content !== content) this.#hashed = { content, hash: contentHash(content) };
    const { hash } = this.#hashed;
    if (hash === checksum.hash) return null;
    this.#found = checksum.revision;
    this.#mismatches++;
    return hash;
  }
}
