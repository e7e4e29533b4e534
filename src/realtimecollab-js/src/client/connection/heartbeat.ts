import { CollabServerError } from '../errors.js';
import type { HubLink } from './hubLink.js';
import { within } from './timing.js';

/** The interval that the protocol asks for, in milliseconds. */
const INTERVAL_MS = 10_000;

/** How long the server may take to answer, before the connection counts as lost, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** How long it may take when there is reason to doubt the connection, in milliseconds. */
const DOUBT_TIMEOUT_MS = 2_000;

/** What {@link Heartbeat} asks for and tells. */
export interface HeartbeatHost<Answer> {
  /** What the hub calls them. */
  readonly member: 'documentIds' | 'roomIds';
  /** The documents or rooms that are joined. */
  joinedIds(): readonly string[];
  /** The server's answer about those that were asked for; without those that it does not know as joined. */
  answered(asked: readonly string[], answer: Answer): void;
  refused(error: CollabServerError): void;
}

/** Asks for the heads of all documents or rooms now and then, so that a message that was lost as the last one is found, and a wrong copy. */
export class Heartbeat<Answer> {
  readonly #link: HubLink;
  readonly #host: HeartbeatHost<Answer>;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(link: HubLink, host: HeartbeatHost<Answer>) {
    this.#link = link;
    this.#host = host;
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(() => void this.#beat(TIMEOUT_MS), INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** There is reason to doubt the connection: tries it out. */
  async doubt(): Promise<void> {
    if (this.#link.state === 'connected') await this.#beat(DOUBT_TIMEOUT_MS);
  }

  async #beat(timeout: number): Promise<void> {
    const ids = this.#host.joinedIds();
    if (ids.length === 0) return;
    try {
      const answer = this.#link.invoke('Heartbeat', { [this.#host.member]: ids }) as Promise<Answer>;
      this.#host.answered(ids, await within(answer, timeout, 'the server does not answer'));
    } catch (error) {
      if (error instanceof CollabServerError) this.#host.refused(error);
      else await this.#link.drop(); // the next connection tells what was missed
    }
  }
}
