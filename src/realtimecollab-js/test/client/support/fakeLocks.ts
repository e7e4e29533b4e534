/** Web Locks in memory: exclusive ones alone, each held until what its callback gives is settled. */
export class FakeLocks {
  readonly #held = new Map<string, Promise<unknown>>();

  async request<T>(name: string, callback: () => T | Promise<T>): Promise<T> {
    while (this.#held.has(name)) await this.#held.get(name);
    const done = Promise.resolve().then(callback);
    this.#held.set(
      name,
      done.catch(() => undefined).finally(() => this.#held.delete(name)),
    );
    return done;
  }

  async query(): Promise<{ held: { name: string }[] }> {
    return { held: [...this.#held.keys()].map((name) => ({ name })) };
  }
}
