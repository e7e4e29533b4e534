import type { Component } from '../../ot/index.js';
import type { DocumentContent } from '../document/events.js';

/** Whose edits of which document. */
export interface EditKey {
  /** The address of the server. */
  readonly server: string;
  readonly userId: string;
  readonly documentId: string;
}

/** Edits that the server does not have, and what they were made on. JSON values only. */
export interface KeptEdits {
  /** The revision that they apply to. */
  readonly revision: number;
  /** The content of that revision, without the edits. */
  readonly content: DocumentContent;
  /** The first of them exactly as it was sent, if it was: sent again just so, it is applied once. */
  readonly outgoing: {
    readonly operationId: string;
    readonly baseRevision: number;
    readonly operation: readonly Component[];
  };
  /** The same, as it applies to {@link content}. */
  readonly outstanding: readonly Component[];
  /** What comes behind it; null if nothing does. */
  readonly buffer: readonly Component[] | null;
}

/**
 * Keeps edits that the server does not have, so that they outlive the page. Every client keeps its own under a random
 * name, its `owner`; who comes later takes over what a client has left that is gone.
 */
export interface EditStore {
  /** Takes over what a client that is gone, or this owner, has left; it is kept under this owner from then on. Null if there is nothing. */
  claim(key: EditKey, owner: string): Promise<KeptEdits | null>;
  /** Keeps edits in place of what was kept before. Settled when they are safe. */
  keep(key: EditKey, owner: string, edits: KeptEdits): Promise<void>;
  /** The server has everything. */
  forget(key: EditKey, owner: string): Promise<void>;
  /** The owner goes: what it has left is free. */
  release(owner: string): void;
}
