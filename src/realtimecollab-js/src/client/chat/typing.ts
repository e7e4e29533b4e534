import type { TypingChanged } from '../../protocol/index.js';
import type { TypingUser } from './events.js';

/** How often at the most the server is told that the user goes on typing, in milliseconds. It forgets after 5 s. */
const TELL_MS = 3_000;

/** How long somebody types who is not heard of any more, in milliseconds: the server tells who goes on, and who stops. */
const FORGET_MS = 8_000;

/** Tells the server that the user is typing. */
export class OwnTyping {
  readonly #tell: (isTyping: boolean) => void;
  #toldAt: number | undefined;

  constructor(tell: (isTyping: boolean) => void) {
    this.#tell = tell;
  }

  set(isTyping: boolean): void {
    const now = performance.now();
    const isToBeTold = isTyping ? now - (this.#toldAt ?? -Infinity) >= TELL_MS : this.#toldAt !== undefined;
    if (!isToBeTold) return;
    this.#toldAt = isTyping ? now : undefined;
    this.#tell(isTyping);
  }

  /** The server knows that the user has stopped. */
  forget(): void {
    this.#toldAt = undefined;
  }
}

/** Who of the others is typing. */
export class OthersTyping {
  readonly #changed: (users: readonly TypingUser[]) => void;
  readonly #users = new Map<string, { readonly user: TypingUser; readonly timer: ReturnType<typeof setTimeout> }>();

  constructor(changed: (users: readonly TypingUser[]) => void) {
    this.#changed = changed;
  }

  get users(): readonly TypingUser[] {
    return [...this.#users.values()].map(({ user }) => user);
  }

  take({ userId, userName, isTyping }: TypingChanged): void {
    if (!isTyping) {
      this.stop(userId);
      return;
    }
    const known = this.#users.get(userId);
    clearTimeout(known?.timer);
    const timer = setTimeout(() => this.stop(userId), FORGET_MS);
    this.#users.set(userId, { user: { userId, userName }, timer });
    if (known === undefined) this.#changed(this.users);
  }

  /** Somebody has stopped, or has sent what they typed. */
  stop(userId: string): void {
    const known = this.#users.get(userId);
    if (known === undefined) return;
    clearTimeout(known.timer);
    this.#users.delete(userId);
    this.#changed(this.users);
  }

  /** Nobody is heard any more. */
  clear(): void {
    for (const userId of [...this.#users.keys()]) this.stop(userId);
  }
}
