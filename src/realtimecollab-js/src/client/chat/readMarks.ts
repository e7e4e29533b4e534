import type { ReadChanged, RoomSnapshot } from '../../protocol/index.js';
import { remedyFor, retryDelay } from '../connection/failure.js';
import type { MessageLog } from './messageLog.js';

/** What {@link ReadMarks} needs of its room. */
export interface ReadMarksHost {
  readonly isJoined: boolean;
  userId(): string | undefined;
  sendMark(sequence: number): Promise<unknown>;
  unreadChanged(unread: number): void;
}

/** At most one mark in so many milliseconds: the last one counts. */
const INTERVAL_MS = 250;

/** Up to where the user has read, on whichever device, and how much is unread. */
export class ReadMarks {
  readonly #log: MessageLog;
  readonly #host: ReadMarksHost;
  #lastRead = 0;
  /** Up to where the server is known to know. */
  #told = 0;
  /** What the server counted, among the messages up to {@link #countedTo}. */
  #counted = 0;
  #countedTo = 0;
  #unread = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(log: MessageLog, host: ReadMarksHost) {
    this.#log = log;
    this.#host = host;
  }

  get lastRead(): number {
    return this.#lastRead;
  }

  get unread(): number {
    return this.#unread;
  }

  /** What the server says on joining. */
  adopt({ lastReadSequence, unreadCount, lastSequence }: RoomSnapshot): void {
    this.#lastRead = Math.max(this.#lastRead, lastReadSequence);
    this.#told = lastReadSequence;
    [this.#counted, this.#countedTo] = [unreadCount, lastSequence];
    this.refresh();
  }

  /** The user has read on, on this device or another one. */
  take({ sequence, unreadCount }: ReadChanged): void {
    this.#told = Math.max(this.#told, sequence);
    this.#lastRead = Math.max(this.#lastRead, sequence);
    if (typeof unreadCount === 'number') [this.#counted, this.#countedTo] = [unreadCount, this.#log.last];
    this.refresh();
  }

  /** The user has read up to here on this device. A mark never goes back. */
  mark(sequence: number): void {
    const lastRead = Math.min(sequence, this.#log.last);
    if (lastRead <= this.#lastRead) return;
    this.#lastRead = lastRead;
    this.refresh();
    this.schedule();
  }

  /** Tells the server in a moment what it does not know. */
  schedule(wait = INTERVAL_MS): void {
    if (this.#lastRead <= this.#told) return;
    this.#timer ??= setTimeout(() => void this.#flush(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Messages came, or went. */
  refresh(): void {
    const since = this.#isCovered ? this.#lastRead : this.#countedTo;
    const others = this.#log.shown.filter(
      ({ sequence, senderId, deletedAt }) => sequence > since && senderId !== this.#host.userId() && !deletedAt,
    );
    const unread = others.length + (this.#isCovered ? 0 : this.#counted);
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#host.unreadChanged(unread);
  }

  /** Whether everything that is unread is here. */
  get #isCovered(): boolean {
    return this.#lastRead + 1 >= this.#log.first;
  }

  async #flush(): Promise<void> {
    const sequence = this.#lastRead;
    if (!this.#host.isJoined) {
      this.#timer = undefined;
      return;
    }
    let wait: number | undefined;
    try {
      await this.#host.sendMark(sequence);
      this.#told = Math.max(this.#told, sequence);
      wait = INTERVAL_MS;
    } catch (error) {
      // on the next connection it is told again; what is refused is not worth more
      if (remedyFor(error) === 'retry') wait = retryDelay();
    }
    this.#timer = undefined;
    if (wait !== undefined) this.schedule(wait);
  }
}
