import { transformSelection, type Selection, type TextOperation } from '../../ot/index.js';

/** The user's selection in the local content, and what the server has of it. Both move along with the content. */
export class LocalSelection {
  /** Where it is; null if there is none. */
  current: Selection | null = null;
  /** What the server knows; null if it knows nothing. */
  known: Selection | null = null;

  /** The local content has changed. */
  transform(operation: TextOperation): void {
    this.current = this.current && transformSelection(this.current, operation);
    this.known = this.known && transformSelection(this.known, operation);
  }
}
