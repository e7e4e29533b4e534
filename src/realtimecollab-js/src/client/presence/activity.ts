import type { Unsubscribe } from '../emitter.js';

/** How long after the last sign of life nobody is taken to be at the device, in milliseconds. */
const IDLE_MS = 5 * 60_000;

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

/** Tells whether somebody is at the device. */
export interface Activity {
  readonly isActive: boolean;
  /** Calls when it changes, until the returned function is called. */
  watch(onChange: () => void): Unsubscribe;
}

/** By what the page notices of its user; where there is no page, as in Node or a worker, somebody always is. */
export function pageActivity(): Activity {
  if (!('document' in globalThis)) return { isActive: true, watch: () => () => undefined };
  return new PageActivity(globalThis as unknown as EventTarget);
}

class PageActivity implements Activity {
  readonly #target: EventTarget;
  #isActive = true;

  constructor(target: EventTarget) {
    this.#target = target;
  }

  get isActive(): boolean {
    return this.#isActive;
  }

  watch(onChange: () => void): Unsubscribe {
    const set = (isActive: boolean): void => {
      if (isActive === this.#isActive) return;
      this.#isActive = isActive;
      onChange();
    };
    let idle = setTimeout(() => set(false), IDLE_MS);
    const live = (): void => {
      clearTimeout(idle);
      idle = setTimeout(() => set(false), IDLE_MS);
      set(true);
    };
    // before the page's own listeners, which may stop an event
    for (const sign of SIGNS) this.#target.addEventListener(sign, live, { capture: true, passive: true });
    return () => {
      clearTimeout(idle);
      for (const sign of SIGNS) this.#target.removeEventListener(sign, live, { capture: true });
    };
  }
}
