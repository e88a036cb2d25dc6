/** Randomness from the platform's generator; the same in browsers and in Node. */
import type { Random } from '../base/ports.ts';

/** What `getRandomValues` gives at once. */
const MAX_BYTES_AT_ONCE = 65_536;

/** Random bytes of cryptographic quality. */
export const cryptoRandom: Random = {
  bytes(length) {
    const out = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += MAX_BYTES_AT_ONCE) {
      crypto.getRandomValues(out.subarray(offset, offset + MAX_BYTES_AT_ONCE));
    }
    return out;
  },
};
