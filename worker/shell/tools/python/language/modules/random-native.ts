/** `_random`: the Mersenne twister (Matsumoto and Nishimura, MT19937), seeded and read as CPython does. */
import { builtinType, Float } from '../objects/containers.ts';
import { typeError, valueError } from '../objects/exceptions.ts';
import { smallInt } from '../objects/integers.ts';
import { Instance, TypeObject, type Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { methods } from '../machine/native.ts';
import { indexOf, smallIndex } from '../machine/truth.ts';
import type { BundledModule } from './index.ts';

const N = 624;
const M = 397;

class Twister {
  readonly #state = new Uint32Array(N);
  #at = N;

  seed(key: readonly number[]): void {
    const state = this.#state;
    state[0] = 19650218;
    for (let i = 1; i < N; i++) {
      const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = Math.imul(1812433253, before) + i;
    }
    let [i, j] = [1, 0];
    for (let k = Math.max(N, key.length); k > 0; k--) {
      const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = (state[i]! ^ Math.imul(before, 1664525)) + key[j]! + j;
      if (++i >= N) {
        state[0] = state[N - 1]!;
        i = 1;
      }
      if (++j >= key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = (state[i]! ^ Math.imul(before, 1566083941)) - i;
      if (++i >= N) {
        state[0] = state[N - 1]!;
        i = 1;
      }
    }
    state[0] = 0x80000000;
    this.#at = N;
  }

  /** 32 random bits. */
  next(): number {
    if (this.#at >= N) this.#generate();
    let y = this.#state[this.#at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #generate(): void {
    const state = this.#state;
    for (let k = 0; k < N; k++) {
      const y = (state[k]! & 0x80000000) | (state[(k + 1) % N]! & 0x7fffffff);
      state[k] = state[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }
}

const twisters = new WeakMap<Instance, Twister>();

function twisterOf(self: Value | undefined): Twister {
  const found = self instanceof Instance ? twisters.get(self) : undefined;
  if (found === undefined) throw typeError('not a random generator');
  return found;
}

/** A seed in 32-bit parts, the lowest first. */
function partsOf(value: bigint): number[] {
  const parts: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 32n) parts.push(Number(rest & 0xffffffffn));
  return parts.length === 0 ? [0] : parts;
}

function seedOf(seed: Value | undefined, machine: Machine): number[] {
  if (seed !== undefined && seed !== null) return partsOf(BigInt(indexOf(seed, machine)));
  return [...new Uint32Array(machine.process.kernel.random.bytes(64).slice().buffer)];
}

const coreType = builtinType('_random.Random');
methods(coreType, {
  '__new__(cls, *args)': ([cls], machine) => {
    const made = new Instance(cls instanceof TypeObject ? cls : coreType);
    const twister = new Twister();
    twister.seed(seedOf(null, machine));
    twisters.set(made, twister);
    return made;
  },
  '_seed(value)': ([self, seed], machine) => {
    twisterOf(self).seed(seedOf(seed, machine));
    return null;
  },
  'random()': ([self]) => {
    const twister = twisterOf(self);
    const [a, b] = [twister.next() >>> 5, twister.next() >>> 6];
    return new Float((a * 67108864 + b) / 9007199254740992);
  },
  'getrandbits(k)': ([self, count], machine) => {
    const bits = smallIndex(count!, machine);
    if (bits < 0) throw valueError('number of bits must be non-negative');
    if (bits === 0) return 0;
    if (bits <= 32) return twisterOf(self).next() >>> (32 - bits);
    let value = 0n;
    for (let left = bits, shift = 0n; left > 0; left -= 32, shift += 32n) {
      const part = twisterOf(self).next();
      value |= BigInt(left < 32 ? part >>> (32 - left) : part) << shift;
    }
    return smallInt(value);
  },
});

export const randomNative: BundledModule = { kind: 'native', make: () => [['Random', coreType]] };
