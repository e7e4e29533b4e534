import type { Unsubscribe } from '../emitter.js';

/** What the browser says about the network. It is a hint: a page may reach its own machine without any network. */
export interface NetworkListener {
  online(): void;
  offline(): void;
}

/** Listens to the browser's `online` and `offline` events; does nothing where there are none, as in Node. */
export function watchNetwork(listener: NetworkListener): Unsubscribe {
  const target = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
  if (target.addEventListener === undefined) return () => undefined;
  const online = (): void => listener.online();
  const offline = (): void => listener.offline();
  target.addEventListener('online', online);
  target.addEventListener('offline', offline);
  return () => {
    target.removeEventListener?.('online', online);
    target.removeEventListener?.('offline', offline);
  };
}
