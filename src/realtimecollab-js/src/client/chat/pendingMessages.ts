import type { ChatMessage, SendMessageResult } from '../../protocol/index.js';
import { CollabError } from '../errors.js';
import { randomId } from '../randomId.js';
import type { PendingMessage } from './events.js';
import type { Outbox } from './outbox.js';

/** What goes with a message. */
export interface SendOptions {
  /** Ids of users to mention, at most `maxMentions` of the server's limits; those who may read the room are notified. */
  readonly mentions?: readonly string[];
  /** The id of the message that this one answers. */
  readonly replyTo?: string;
  /** `text` by default; else what the application calls it, 1 to 128 characters of `A-Z a-z 0-9 . _ ~ -`. */
  readonly messageType?: string;
}

/** What {@link PendingMessages} needs of its room. */
export interface PendingMessagesHost {
  readonly roomId: string;
  changed(): void;
  /** The server has stored a message with this sequence. */
  stored(sequence: number): void;
  failed(message: PendingMessage): void;
}

/** The user's messages that the room does not show yet, in the order in which they were written. */
export class PendingMessages {
  readonly #outbox: Outbox;
  readonly #host: PendingMessagesHost;
  readonly #messages = new Map<string, PendingMessage>();

  constructor(outbox: Outbox, host: PendingMessagesHost) {
    this.#outbox = outbox;
    this.#host = host;
  }

  get list(): readonly PendingMessage[] {
    return [...this.#messages.values()];
  }

  /** Sends a message; again with the same id for as long as it takes. */
  send(content: string, { mentions = [], replyTo, messageType }: SendOptions): Promise<SendMessageResult> {
    const clientMessageId = randomId();
    return this.#send({
      clientMessageId,
      content,
      mentions,
      state: 'sending',
      ...(replyTo !== undefined && { replyTo }),
      ...(messageType !== undefined && { messageType }),
    });
  }

  /** Sends a message that failed once more. */
  retry(clientMessageId: string): Promise<SendMessageResult> {
    const message = this.#messages.get(clientMessageId);
    if (message?.state !== 'failed')
      return Promise.reject(new CollabError('message_not_found', 'no message with this id has failed'));
    const { error: _, ...again } = message;
    this.#messages.delete(clientMessageId); // to the end
    return this.#send({ ...again, state: 'sending' });
  }

  /** Gives up a message that failed. @returns whether there was one. */
  discard(clientMessageId: string): boolean {
    if (this.#messages.get(clientMessageId)?.state !== 'failed') return false;
    this.#messages.delete(clientMessageId);
    this.#host.changed();
    return true;
  }

  /** The room shows a message of the user: it is stored, whether its answer came or not. */
  arrived({ clientMessageId, messageId, sequence, timestamp }: ChatMessage): void {
    this.#messages.delete(clientMessageId);
    this.#outbox.settle(clientMessageId, { messageId, clientMessageId, sequence, timestamp });
  }

  #send(message: PendingMessage): Promise<SendMessageResult> {
    const { state: _, ...request } = message;
    this.#messages.set(message.clientMessageId, message);
    this.#host.changed();
    const argument = { roomId: this.#host.roomId, ...request };
    const sent = this.#outbox.add('SendMessage', argument, message.clientMessageId) as Promise<SendMessageResult>;
    sent.then(
      ({ sequence }) => this.#host.stored(sequence),
      (error: CollabError) => this.#fail(message, error), // told as an event too, so that the promise may be left alone
    );
    return sent;
  }

  #fail(message: PendingMessage, error: CollabError): void {
    const failed: PendingMessage = { ...message, state: 'failed', error };
    this.#messages.set(message.clientMessageId, failed);
    this.#host.changed();
    this.#host.failed(failed);
  }
}
