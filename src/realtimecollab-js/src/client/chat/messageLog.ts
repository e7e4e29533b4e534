import type { ChatMessage, ReactionsChanged } from '../../protocol/index.js';

/**
 * The messages of a room that are known. Those that are shown are a part of the room without gaps: what lies behind one that
 * is missing waits for it, what was changed before it was loaded is kept until it is.
 */
export class MessageLog {
  readonly #known = new Map<number, ChatMessage>();
  readonly #reactionsAhead = new Map<number, ReactionsChanged>();
  #shown: readonly ChatMessage[] = [];
  /** The sequence of the first message that is shown, or will be. */
  #first = 1;
  #hasEarlier = false;

  /** In the order of their sequences, without gaps. Another array after each change. */
  get shown(): readonly ChatMessage[] {
    return this.#shown;
  }

  /** The sequence of the first message that is shown, or of the next one if there is none. */
  get first(): number {
    return this.#first;
  }

  /** The sequence of the last message that is shown, or of the one before the first. */
  get last(): number {
    return this.#first + this.#shown.length - 1;
  }

  /** Whether there are messages before those that are shown. */
  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  /**
   * Forgets everything, and begins with these messages.
   * @param messages in order, without gaps.
   * @param lastSequence that of the room's last message, which need not be there any more.
   */
  restart(messages: readonly ChatMessage[], lastSequence: number): void {
    this.#known.clear();
    this.#reactionsAhead.clear();
    this.#shown = [];
    this.#first = messages[0]?.sequence ?? lastSequence + 1;
    this.#hasEarlier = messages.length > 0 && this.#first > 1;
    this.take(messages);
  }

  /** Takes messages in, new ones and changed ones. @returns those that are shown now for the first time, at the end. */
  take(messages: readonly ChatMessage[]): readonly ChatMessage[] {
    for (const message of messages) this.#put(message);
    return this.#refresh();
  }

  /** Takes in the messages right before those that are shown; none if there are none. */
  prepend(messages: readonly ChatMessage[]): void {
    for (const message of messages) this.#put(message);
    this.#first = Math.min(this.#first, messages[0]?.sequence ?? this.#first);
    this.#hasEarlier = messages.length > 0 && this.#first > 1;
    this.#refresh();
  }

  /** A message has other reactions. The caller sees to it that no change of the message was left out before. */
  react(reactions: ReactionsChanged): void {
    const message = this.#known.get(reactions.sequence);
    if (message === undefined) this.#reactionsAhead.set(reactions.sequence, reactions);
    else this.#put(withReactions(message, reactions));
    this.#refresh();
  }

  find(messageId: string): ChatMessage | undefined {
    return this.#shown.find((message) => message.messageId === messageId);
  }

  #put(message: ChatMessage): void {
    const { sequence, change } = message;
    const known = this.#known.get(sequence);
    if (known !== undefined && known.change > change) return;
    const ahead = this.#reactionsAhead.get(sequence);
    this.#reactionsAhead.delete(sequence);
    this.#known.set(sequence, ahead === undefined ? message : withReactions(message, ahead));
  }

  #refresh(): readonly ChatMessage[] {
    const shownBefore = this.last;
    const shown: ChatMessage[] = [];
    for (let next = this.#known.get(this.#first); next !== undefined; next = this.#known.get(next.sequence + 1))
      shown.push(next);
    this.#shown = shown;
    return shown.filter(({ sequence }) => sequence > shownBefore);
  }
}

function withReactions(message: ChatMessage, { reactions, change }: ReactionsChanged): ChatMessage {
  return change > message.change ? { ...message, reactions, change } : message;
}
