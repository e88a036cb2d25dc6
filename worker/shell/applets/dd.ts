/** dd */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { blockCopy, type BlockCounts } from './block-copy.ts';
import { parseCount } from './numbers.ts';
import { UsageError } from './options.ts';
import type { OpenFlags } from '../kernel/regular-file.ts';

const DEFAULT_BLOCK_BYTES = 512;
const KEYS = ['if', 'of', 'bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'conv', 'iflag', 'oflag', 'status'];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  conv: ['notrunc', 'sync', 'noerror', 'fsync', 'swab'],
  iflag: ['skip_bytes', 'count_bytes', 'fullblock', 'direct'],
  oflag: ['seek_bytes', 'append', 'direct'],
  status: ['noxfer', 'none', 'progress'],
};

/** The operands of one command; words are those of `conv`, `iflag`, `oflag` and `status` together. */
interface Settings {
  readonly texts: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly words: ReadonlySet<string>;
}

export const dd: Applet = {
  names: ['dd'],
  summary: 'Copy a file with converting and formatting',
  usage: '[if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]',
  async run(context) {
    const settings = parseSettings(context);
    if (typeof settings === 'string') return context.complain(settings);
    const input = await openOperand(context, settings.texts.get('if'), 0, { read: true });
    if (input === undefined) return 1;
    const output = await openOperand(context, settings.texts.get('of'), 1, outputFlags(settings));
    return output === undefined ? 1 : copy(context, settings, input, output);
  },
};

/** A string says what is wrong. */
function parseSettings(context: AppletContext): Settings | string {
  const gnu = context.flavour === 'gnu';
  const quote = (text: string): string => context.quote(text);
  const texts = new Map<string, string>();
  const numbers = new Map<string, number>();
  const words = new Set<string>();
  for (const arg of context.args) {
    if (arg === '--') continue;
    const equals = arg.indexOf('=');
    const key = arg.slice(0, equals);
    const value = arg.slice(equals + 1);
    if (equals === -1 || !KEYS.includes(key)) throw new UsageError('', undefined, `unrecognized operand ${quote(arg)}`);
    const known = WORDS[key];
    if (known !== undefined) {
      for (const word of value.split(',')) {
        if (!known.includes(word)) {
          if (!gnu) return `invalid argument '${word}' to '${key}'`;
          const what =
            { conv: 'conversion', iflag: 'input flag', oflag: 'output flag', status: 'status level' }[key] ?? key;
          throw new UsageError(`invalid ${what}: ${quote(word)}`);
        }
        words.add(word);
      }
    } else if (key === 'if' || key === 'of') texts.set(key, value);
    else {
      const number = parseCount(value);
      if (number === undefined) return `invalid number${gnu ? ':' : ''} ${quote(value)}`;
      if (key.endsWith('bs') && number === 0) return `number ${value} is not in 1..9223372036854775807 range`;
      numbers.set(key, number);
    }
  }
  return { texts, numbers, words };
}

/** The descriptor of a file that is named, or the standard one; undefined, with a message, when it cannot be opened. */
async function openOperand(
  context: AppletContext,
  path: string | undefined,
  standard: number,
  flags: OpenFlags,
): Promise<number | undefined> {
  if (path === undefined) return standard;
  try {
    return context.process.descriptors.install(await context.files.open(path, flags), 3);
  } catch (error) {
    await context.report(context.flavour === 'gnu' ? `failed to open '${path}'` : `can't open '${path}'`, error);
    return undefined;
  }
}

function outputFlags({ words, numbers }: Settings): OpenFlags {
  const truncate = !words.has('notrunc') && !numbers.has('seek') && !words.has('append');
  return { write: true, create: true, truncate, append: words.has('append') };
}

async function copy(
  context: AppletContext,
  { texts, numbers, words }: Settings,
  input: number,
  output: number,
): Promise<number> {
  const both = numbers.get('bs');
  const inputBytes = both ?? numbers.get('ibs') ?? DEFAULT_BLOCK_BYTES;
  const outputBytes = both ?? numbers.get('obs') ?? DEFAULT_BLOCK_BYTES;
  const count = numbers.get('count');
  const counts: BlockCounts = { fullIn: 0, partialIn: 0, fullOut: 0, partialOut: 0 };
  let status = 0;
  try {
    await blockCopy(context.process, input, output, counts, {
      inputBytes,
      outputBytes,
      regroup: both === undefined && inputBytes !== outputBytes,
      skipBytes: (numbers.get('skip') ?? 0) * (words.has('skip_bytes') ? 1 : inputBytes),
      seekBytes: (numbers.get('seek') ?? 0) * (words.has('seek_bytes') ? 1 : outputBytes),
      limitBytes: count === undefined ? undefined : count * (words.has('count_bytes') ? 1 : inputBytes),
      limitBlocks: count === undefined || words.has('count_bytes') ? undefined : count,
      truncate: !words.has('notrunc') && texts.has('of'),
      fullBlocks: words.has('fullblock'),
      pad: words.has('sync'),
      swap: words.has('swab'),
    });
  } catch (error) {
    status = await context.report(texts.get('if') ?? 'standard input', error);
    if (counts.fullIn + counts.partialIn === 0) return status;
  }
  if (!words.has('none')) {
    const { fullIn, partialIn, fullOut, partialOut } = counts;
    await context.err.write(`${fullIn}+${partialIn} records in\n${fullOut}+${partialOut} records out\n`);
  }
  return status;
}
