import { vi } from 'vitest';
import { ChatClient, type ChatRoom } from '../../../src/client/chat/index.js';
import { FakeChatHub } from './fakeChatHub.js';
import { calm, fakeTransport, type FakeTransport, type Network } from './fakeTransport.js';

/** A client of a fake chat hub, with the wire at hand. */
export interface ChatGuest {
  readonly chat: ChatClient;
  readonly transport: FakeTransport;
  join(roomId?: string): Promise<ChatRoom>;
}

/** A fake chat hub and its clients, under a fake clock that {@link settle} moves on. */
export class ChatGuests {
  readonly hub = new FakeChatHub();
  readonly #guests: ChatGuest[] = [];

  constructor() {
    vi.useFakeTimers();
  }

  guest(userId: string, network: Network = calm): ChatGuest {
    const made = fakeTransport(this.hub, userId, network);
    const chat = new ChatClient({ url: 'http://hub', token: () => userId, transport: made.factory });
    const guest = {
      chat,
      transport: made.get(),
      join: (roomId = 'notes') => this.during(chat.join(roomId)),
    };
    this.#guests.push(guest);
    return guest;
  }

  async settle(milliseconds = 1000): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }

  /** Lets time pass until a promise is settled. */
  async during<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => (isSettled = true));
    settled.catch(() => undefined); // the caller gets it below
    for (let step = 0; step < 10_000 && !isSettled; step++) await vi.advanceTimersByTimeAsync(10);
    return settled;
  }

  async end(): Promise<void> {
    await this.during(Promise.all(this.#guests.map(({ chat }) => chat.close())));
    vi.useRealTimers();
  }
}
