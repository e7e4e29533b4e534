import { transformSelection, type Selection, type TextOperation } from '../../ot/index.js';

/** What {@link SelectionSender} needs of its document. */
export interface SelectionSenderHost {
  /** Whether the server can place the local selection: joined as a writer, and it has all edits. */
  readonly canSendSelection: boolean;
  sendSelection(selection: Selection | null): Promise<void>;
  cannotSendSelection(error: unknown): void;
}

/** At most one selection in so many milliseconds: what an eye takes for at once, and a third of what servers allow. */
const INTERVAL_MS = 50;

/**
 * Tells the server where the user's selection is, at most 20 times a second, and only what the server cannot know: it
 * moves a selection over operations just as this client does.
 */
export class SelectionSender {
  readonly #host: SelectionSenderHost;
  #current: Selection | null = null;
  #known: Selection | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SelectionSenderHost) {
    this.#host = host;
  }

  /** The selection in the local content, null if there is none. */
  get current(): Selection | null {
    return this.#current;
  }

  /** The user has selected something else. */
  set(selection: Selection | null): void {
    this.#current = selection;
    this.schedule();
  }

  /** The local content has changed. */
  transform(operation: TextOperation): void {
    this.#current = this.#current && transformSelection(this.#current, operation);
    this.#known = this.#known && transformSelection(this.#known, operation);
  }

  /** The selection was sent along with an operation. */
  markKnown(selection: Selection): void {
    this.#known = selection;
  }

  /** The server knows nothing of this client's selection any more. */
  forget(): void {
    this.#known = null;
  }

  /** Sends in a moment, if there is something to send by then; it is asked again when the document is at rest. */
  schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, INTERVAL_MS);
  }

  /** Sends nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #flush(): Promise<void> {
    if (!this.#host.canSendSelection || equal(this.#current, this.#known)) return;
    this.#known = this.#current;
    try {
      await this.#host.sendSelection(this.#current);
    } catch (error) {
      this.#host.cannotSendSelection(error);
    }
  }
}

function equal(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.ranges.length === b.ranges.length &&
    a.ranges.every(({ anchor, head }, index) => anchor === b.ranges[index]?.anchor && head === b.ranges[index].head)
  );
}
