/** Random names for containers, in Docker's manner: a mood and a surname of somebody worth knowing. */
import type { Random } from '../base/ports.ts';

const MOODS =
  'admiring brave calm clever cool dazzling eager elegant festive focused gallant gracious happy hopeful inspiring jolly keen kind lucid modest nifty patient quirky relaxed serene sharp stoic sweet trusting upbeat vibrant wise zen';
const NAMES =
  'babbage bell bohr booth borg boyd brown cerf chandra clarke cori curie darwin davinci dijkstra einstein elion engelbart euclid euler fermat feynman franklin galileo gauss goodall hamilton hawking hopper hypatia jang johnson kalam kepler knuth lamarr lovelace mccarthy mcnulty meitner mendel napier newton noether pasteur payne perlman ritchie rubin sammet shannon stallman tesla thompson torvalds turing wilson wozniak wright';

/** A name such as `keen_lovelace` that `taken` does not have; past some tries a number makes it unique. */
export function randomContainerName(random: Random, taken: ReadonlySet<string>): string {
  const moods = MOODS.split(' ');
  const names = NAMES.split(' ');
  for (let attempt = 0; ; attempt++) {
    const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
    const name = `${moods[(a * 256 + b) % moods.length] ?? ''}_${names[(c * 256 + d) % names.length] ?? ''}`;
    const candidate = attempt < 6 ? name : `${name}${attempt}`;
    if (!taken.has(candidate)) return candidate;
  }
}
