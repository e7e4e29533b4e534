import type { RoomSnapshot } from '../../protocol/index.js';
import { MAX_FAILURES, remedyFor, retryDelay } from '../connection/failure.js';
import type { CollabError } from '../errors.js';

/** What {@link RoomMembership} needs of its room. */
export interface RoomMembershipHost {
  /** Joins over the present connection, and goes on from where the room was. @throws {CollabError} */
  join(): Promise<RoomSnapshot>;
  /** Joined; what came meanwhile is in the answer. */
  joined(snapshot: RoomSnapshot): void;
  /** The server asks for another connection. */
  move(): void;
  /** Not to be had. */
  refused(error: CollabError): void;
}

/** Whether the present connection has joined the room, and what it takes to get there. */
export class RoomMembership {
  readonly #host: RoomMembershipHost;
  #isJoined = false;
  /** Counts attempts, so that the answer to an earlier one is not taken for that of the present one. */
  #attempt = 0;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(host: RoomMembershipHost) {
    this.#host = host;
  }

  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Joins the room, or joins it again. */
  join(): void {
    this.lose();
    void this.#join(this.#attempt);
  }

  /** The connection is lost, or the room left. */
  lose(): void {
    this.#attempt++;
    this.#isJoined = false;
    clearTimeout(this.#retry);
  }

  async #join(attempt: number): Promise<void> {
    try {
      const snapshot = await this.#host.join();
      if (attempt !== this.#attempt) return;
      this.#isJoined = true;
      this.#failures = 0;
      this.#host.joined(snapshot);
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error as CollabError);
    }
  }

  #fail(error: CollabError): void {
    const remedy = remedyFor(error);
    if (remedy === 'wait') return;
    if (remedy === 'reconnect') this.#host.move();
    else if (remedy === 'retry' || remedy === 'rejoin' || (remedy === 'retryFew' && this.#failures < MAX_FAILURES))
      this.#retry = setTimeout(() => this.join(), retryDelay(++this.#failures));
    else this.#host.refused(error);
  }
}
