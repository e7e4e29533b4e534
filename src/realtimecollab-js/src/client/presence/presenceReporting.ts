import type { SettableStatus } from '../../protocol/presence.js';
import type { HubLink } from '../connection/hubLink.js';
import type { Unsubscribe } from '../emitter.js';
import { CollabServerError } from '../errors.js';
import type { Activity } from './activity.js';

/** The interval that the protocol asks for, in milliseconds. */
const HEARTBEAT_MS = 10_000;

interface OwnStatus {
  readonly status: SettableStatus;
  readonly text?: string;
}

/** Tells the server how this device is: the status that was set, and every few seconds whether somebody is there. */
export class PresenceReporting {
  readonly #link: HubLink;
  readonly #activity: Activity;
  #own: OwnStatus | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #unwatch: Unsubscribe | undefined;

  constructor(link: HubLink, activity: Activity) {
    this.#link = link;
    this.#activity = activity;
  }

  /** Remembers a status for later connections unless it is refused. */
  async setStatus(own: OwnStatus): Promise<void> {
    const before = this.#own;
    this.#own = own;
    try {
      await this.#link.invoke('SetStatus', own);
    } catch (error) {
      if (error instanceof CollabServerError && this.#own === own) this.#own = before;
      throw error;
    }
  }

  /** Says it on a new connection, and goes on saying it. */
  async resume(): Promise<void> {
    this.stop();
    this.#timer = setInterval(() => void this.#beat(), HEARTBEAT_MS);
    this.#unwatch = this.#activity.watch(() => void this.#beat());
    await this.#beat();
    if (this.#own !== undefined) await this.setStatus(this.#own);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  async #beat(): Promise<void> {
    try {
      await this.#link.invoke('Heartbeat', { active: this.#activity.isActive });
    } catch {
      // whether the connection lives is for its own timeouts to say; the next beat, or the next connection, says it again
    }
  }
}
