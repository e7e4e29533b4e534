/** Takes an event away again. */
export type Unsubscribe = () => void;

/** Calls listeners of typed events, in the order in which they were added. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  /** Listens until the returned function is called. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): Unsubscribe {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    // wrapped, so that one function may listen twice and be taken away once
    const entry = (event: Events[Name]): void => listener(event);
    listeners.add(entry);
    return () => listeners.delete(entry);
  }

  /**
   * Calls the listeners. One that throws neither keeps the others from hearing nor disturbs the caller, whose state
   * must go on; its error is reported as an uncaught one.
   */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        (listener as (event: Events[Name]) => void)(event);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** As the platform does with errors of its own listeners. */
function report(error: unknown): void {
  if (typeof reportError === 'function') {
    reportError(error);
    return;
  }
  queueMicrotask(() => {
    throw error;
  });
}
