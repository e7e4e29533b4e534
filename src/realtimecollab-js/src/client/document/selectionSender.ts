import type { Selection } from '../../ot/index.js';
import type { LocalSelection } from './localSelection.js';

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
  readonly #selection: LocalSelection;
  readonly #host: SelectionSenderHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(selection: LocalSelection, host: SelectionSenderHost) {
    this.#selection = selection;
    this.#host = host;
  }

  /** The server knows nothing of this client's selection any more. */
  forget(): void {
    this.#selection.known = null;
  }

  /** Sends in a moment, if there is something to send by then; it is asked again when the document is at rest. */
  schedule(): void {
    if (this.#selection.current === this.#selection.known) return;
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
    const { current, known } = this.#selection;
    if (!this.#host.canSendSelection || equal(current, known)) return;
    this.#selection.known = current;
    try {
      await this.#host.sendSelection(current);
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
