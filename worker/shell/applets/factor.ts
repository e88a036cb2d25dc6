/** factor */
import type { Applet } from './applet.ts';
import { UsageError } from './options.ts';

const LARGEST = 2n ** 64n;
/** Divisions between two checkpoints. */
const STEPS = 20_000;

export const factor: Applet = {
  names: ['factor'],
  summary: 'Print prime factors',
  usage: '[NUMBER]...',
  async run(context) {
    const words = context.args.length > 0 ? context.args : (await context.stdin().text()).split(/\s+/).filter(Boolean);
    let status = 0;
    for (const word of words) {
      if (!/^\d+$/.test(word) || BigInt(word) >= LARGEST) {
        if (context.flavour === 'busybox') throw new UsageError('');
        status = await context.complain(`${context.quote(word)} is not a valid positive integer`);
        continue;
      }
      const factors = await primeFactors(BigInt(word), async () => {
        const pause = context.checkpoint();
        if (pause !== undefined) await pause;
      });
      await context.out.write(`${BigInt(word)}:${factors.map((prime) => ` ${prime}`).join('')}\n`);
    }
    return status;
  },
};

async function primeFactors(number: bigint, pause: () => Promise<void>): Promise<(bigint | number)[]> {
  const factors: (bigint | number)[] = [];
  let rest = number;
  if (rest < 2n) return factors;
  let steps = 0;
  for (let divisor = 2n; divisor * divisor <= rest; divisor += divisor === 2n ? 1n : 2n) {
    if (rest <= BigInt(Number.MAX_SAFE_INTEGER))
      return [...factors, ...(await smallFactors(Number(rest), Number(divisor), pause))];
    if (++steps % STEPS === 0) await pause();
    for (; rest % divisor === 0n; rest /= divisor) factors.push(divisor);
  }
  return rest > 1n ? [...factors, rest] : factors;
}

/** The same for numbers that need no big integers; smaller factors than `first` are known not to be there. */
async function smallFactors(number: number, first: number, pause: () => Promise<void>): Promise<number[]> {
  const factors: number[] = [];
  let rest = number;
  let steps = 0;
  for (let divisor = first; divisor * divisor <= rest; divisor += divisor === 2 ? 1 : 2) {
    if (++steps % STEPS === 0) await pause();
    for (; rest % divisor === 0; rest /= divisor) factors.push(divisor);
  }
  return rest > 1 ? [...factors, rest] : factors;
}
