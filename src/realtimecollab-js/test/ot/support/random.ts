/** An integer from 0 up to, not including, `limit`. */
export type Random = (limit: number) => number;

/** A small generator for test data (xorshift32); the same seed gives the same numbers. */
export function randomFrom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
