import type { ChatMessage, MessagePage, ReactionsChanged } from '../../protocol/index.js';
import { CatchUp, type CatchUpTarget } from '../connection/catchUp.js';

/** Most messages that are asked for at once; the server gives no more. */
export const PAGE = 200;

/** What is kept of changes that came too early; one that is dropped is asked for again when its turn comes. */
const MAX_EARLY = 10_000;

/** What {@link ChangeFlow} needs of its room. */
export interface ChangeFlowHost {
  readonly isJoined: boolean;
  /** Reads messages that changed after a change, in the order of their changes, at most {@link PAGE}. */
  fetchChanged(afterChange: number): Promise<MessagePage>;
  /** Takes in messages as they are at present, new ones and changed ones. */
  take(messages: readonly ChatMessage[]): void;
  /** Takes in reactions; every earlier change was taken in before. */
  react(reactions: ReactionsChanged): void;
  /** Changes that are known to exist could not be read. */
  cannotCatchUp(error: unknown): void;
}

/** Brings the changes of a room in: each once, in the order of their numbers, with none left out. */
export class ChangeFlow implements CatchUpTarget<MessagePage> {
  readonly #host: ChangeFlowHost;
  readonly #catchUp: CatchUp<MessagePage> = new CatchUp(this);
  readonly #early = new Map<number, ChatMessage | ReactionsChanged>();
  /** The change up to which everything is known; undefined before the room was opened. */
  #change: number | undefined;
  #head = 0;
  /** There are messages that changed up to {@link #change}, and once more later, which were not read yet. */
  #isWithinPages = false;

  constructor(host: ChangeFlowHost) {
    this.#host = host;
  }

  /** From where to go on after a loss of the connection; undefined before the room was opened. */
  get change(): number | undefined {
    return this.#change;
  }

  /** The room is to be opened anew. */
  reset(): void {
    this.#change = undefined;
    this.#isWithinPages = false;
    this.#head = 0;
    this.#early.clear();
  }

  /** The messages that were taken over tell of everything up to this change. */
  startAfter(change: number): void {
    this.#change = change;
    this.#head = Math.max(this.#head, change);
    this.proceed();
  }

  /** Something changed, as the server says in whatever order. */
  add(change: ChatMessage | ReactionsChanged): void {
    this.#head = Math.max(this.#head, change.change);
    if (this.#early.size < MAX_EARLY) this.#early.set(change.change, change);
    this.proceed();
  }

  /** The server is known to have this change: what lies before it comes in a moment, or is asked for. */
  expect(change: number): void {
    this.#head = Math.max(this.#head, change);
    this.proceed();
  }

  /** There is one more change at least. */
  expectNext(): void {
    this.expect((this.#change ?? 0) + 1);
  }

  /** Takes in the changes whose turn it is; asks for those that do not come. */
  proceed(): void {
    if (this.#change === undefined) return;
    if (!this.#isWithinPages) this.#takeNext(this.#change);
    if (this.#host.isJoined) this.#catchUp.check();
  }

  /** Reads everything up to where the room is known to be. @throws {CollabError} */
  catchUp(): Promise<void> {
    return this.#catchUp.run();
  }

  /** Asks for nothing any more. */
  stop(): void {
    this.#catchUp.stop();
  }

  #takeNext(known: number): void {
    for (const change of [...this.#early.keys()]) if (change <= known) this.#early.delete(change);
    for (let next = this.#early.get(known + 1); next !== undefined; next = this.#early.get(known + 1)) {
      this.#change = ++known;
      this.#early.delete(known);
      if ('content' in next) this.#host.take([next]);
      else this.#host.react(next);
    }
  }

  /** @internal */
  get position(): number {
    return this.#change ?? Infinity;
  }

  /** @internal */
  get head(): number {
    return this.#head;
  }

  /** @internal */
  fetch(position: number): Promise<MessagePage> {
    return this.#host.fetchChanged(position);
  }

  /** @internal Takes in a page of messages that changed after {@link #change}. */
  receive({ messages, lastChange }: MessagePage): void {
    if (this.#change === undefined) return;
    this.#head = Math.max(this.#head, lastChange);
    const lastRead = messages.at(-1)?.change ?? lastChange;
    // a message that changed twice comes at its second change: before all pages are read, the first one may be missing
    this.#isWithinPages = lastRead < lastChange;
    this.#change = Math.max(this.#change, lastRead, this.#isWithinPages ? 0 : lastChange);
    this.#host.take(messages);
    this.proceed();
  }

  /** @internal */
  failed(error: unknown): void {
    this.#host.cannotCatchUp(error);
  }
}
