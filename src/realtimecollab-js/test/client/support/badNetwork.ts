import type { Random } from '../../ot/support/random.js';
import type { Network } from './fakeTransport.js';

/** A network that delays, and loses, doubles and reorders callbacks, as a backplane may. */
export function badNetwork(random: Random): Network {
  return {
    delay: () => random(40),
    callback: () => {
      const luck = random(10);
      if (luck === 0) return [];
      if (luck === 1) return [0, random(200)];
      return luck === 2 ? [random(300)] : [0];
    },
  };
}
