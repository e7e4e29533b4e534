import { MAX_FAILURES, remedyFor, retryDelay } from '../connection/failure.js';
import type { CollabError } from '../errors.js';

/** What {@link Outbox} needs of its room. */
export interface OutboxHost {
  readonly isJoined: boolean;
  invoke(method: string, argument: object): Promise<unknown>;
  /** The server asks for another connection, or for another joining, before the command is sent again. */
  cannotSend(remedy: 'reconnect' | 'rejoin'): void;
}

/** Something that the user did. Carried out twice it is carried out once, so that it can be sent again. */
interface Command {
  readonly method: string;
  readonly argument: object;
  /** By which it is found when its outcome is known before its answer. */
  readonly id: string | undefined;
  resolve(result: unknown): void;
  reject(error: CollabError): void;
}

/** Brings what the user does to the server: in order, one after another, and again what may not have arrived. */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #queue: Command[] = [];
  /** What was sent over the present connection. */
  #sent: Command | undefined;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(host: OutboxHost) {
    this.#host = host;
  }

  /** @returns the server's answer, however long it takes. @throws {CollabError} if it is refused, or the room closed before. */
  add(method: string, argument: object, id?: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ method, argument, id, resolve, reject });
      this.pump();
    });
  }

  /** Sends what is next, unless it was sent or has to wait. */
  pump(): void {
    const [next] = this.#queue;
    if (next === undefined || this.#sent !== undefined || this.#retry !== undefined || !this.#host.isJoined) return;
    this.#sent = next;
    void this.#send(next);
  }

  /** The connection is lost: what was sent is to be sent again. */
  pause(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#sent = undefined;
  }

  /** The server has carried out a command, as something else than its answer tells. */
  settle(id: string, result: unknown): void {
    const command = this.#queue.find((queued) => queued.id === id);
    if (command !== undefined) this.#end(command, () => command.resolve(result));
  }

  /** Sends nothing any more. */
  close(error: CollabError): void {
    this.pause();
    for (const command of this.#queue.splice(0)) command.reject(error);
  }

  async #send(command: Command): Promise<void> {
    try {
      const result = await this.#host.invoke(command.method, command.argument);
      this.#end(command, () => command.resolve(result));
    } catch (error) {
      // what was settled meanwhile, or is sent again over the next connection, needs no remedy
      if (this.#sent === command) this.#fail(command, error as CollabError);
    }
  }

  #end(command: Command, tell: () => void): void {
    const place = this.#queue.indexOf(command);
    if (place < 0) return;
    this.#queue.splice(place, 1);
    if (this.#sent === command) {
      this.pause();
      this.#failures = 0;
    }
    tell();
    this.pump();
  }

  #fail(command: Command, error: CollabError): void {
    const remedy = remedyFor(error);
    if (remedy === 'wait') return;
    if (remedy === 'reconnect' || remedy === 'rejoin') this.#host.cannotSend(remedy);
    else if (remedy === 'retry' || (remedy === 'retryFew' && this.#failures < MAX_FAILURES)) {
      this.#retry = setTimeout(() => {
        this.pause();
        this.pump();
      }, retryDelay(++this.#failures));
    } else this.#end(command, () => command.reject(error));
  }
}
