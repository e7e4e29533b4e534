/**
 * How long to wait before the next attempt to connect, in milliseconds; null gives up.
 * @param attempt how many connections have failed, or broken soon, one after another; from 1.
 */
export type RetryPolicy = (attempt: number) => number | null;

const BASE_MS = 250;
const LONGEST_MS = 3_000;

/**
 * Waits a random time within a window that doubles with each attempt, up to 3 s, and never gives up. Randomness over
 * the upper half of the window keeps the clients of a restarted server from coming back all at once; see
 * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("equal jitter").
 */
export function jitteredBackoff(random: () => number = Math.random): RetryPolicy {
  return (attempt) => {
    const window = Math.min(LONGEST_MS, BASE_MS * 2 ** (attempt - 1));
    return window / 2 + (random() * window) / 2;
  };
}
