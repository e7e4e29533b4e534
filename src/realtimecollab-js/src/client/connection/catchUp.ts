/** What {@link CatchUp} works on. */
export interface CatchUpTarget<Page> {
  /** How far it is. */
  readonly position: number;
  /** How far the server is known to be. */
  readonly head: number;
  /** Reads what comes after a position from the server. */
  fetch(position: number): Promise<Page>;
  /** Takes it in. */
  receive(page: Page): void;
  /** Reading failed. */
  failed(error: unknown): void;
}

/** How long what is on its way may take before it is asked for, in milliseconds. */
const PATIENCE_MS = 200;

/** Asks the server for what is known to exist and does not come. */
export class CatchUp<Page> {
  readonly #target: CatchUpTarget<Page>;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(target: CatchUpTarget<Page>) {
    this.#target = target;
  }

  /** Call it when the head may be ahead: what does not arrive in a moment is asked for. */
  check(): void {
    if (this.#timer !== undefined || !this.#isBehind) return;
    this.#timer = setTimeout(() => void this.#runChecked(), PATIENCE_MS);
  }

  /** Reads until it is at the head, or the server has no more. @throws {CollabError} */
  async run(): Promise<void> {
    this.#running ??= this.#readToHead().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** Forgets a check that is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #readToHead(): Promise<void> {
    while (this.#isBehind) {
      const from = this.#target.position;
      this.#target.receive(await this.#target.fetch(from));
      if (this.#target.position === from) return;
    }
  }

  async #runChecked(): Promise<void> {
    this.#timer = undefined;
    try {
      await this.run();
    } catch (error) {
      this.#target.failed(error);
    }
  }

  get #isBehind(): boolean {
    return this.#target.head > this.#target.position;
  }
}
