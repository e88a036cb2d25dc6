/** getopt: a script's words in the order getopt(3) reads them, quoted for `eval set --` (util-linux). */
import { singleQuoted } from '../interpreter/quoting.ts';
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

type Arity = 0 | 1 | 2;

/** What a script says of its options. */
interface Declared {
  readonly short: ReadonlyMap<string, Arity>;
  readonly long: ReadonlyMap<string, Arity>;
  /** `+`: the first operand ends the options. */
  readonly stopsAtOperand: boolean;
}

/** Status for words that do not fit what was declared. */
const WRONG_WORDS = 1;
const WRONG_USAGE = 2;
/** `-T` tells that this is the enhanced form. */
const ENHANCED = 4;

export const getopt: Applet = {
  names: ['getopt'],
  summary: 'Parse command options of a script',
  usage: '[-o SHORTOPTS] [-l LONGOPTS] [-n NAME] [-quT] [--] PARAMETERS',
  usageStatus: WRONG_USAGE,
  async run(context) {
    const options = parseOptions(context.args, '+o:l:n:s:quTa', {
      options: 'o:',
      longoptions: 'l:',
      longopts: 'l:',
      name: 'n:',
      quiet: 'q',
      'quiet-output': 'Q',
      unquoted: 'u',
      test: 'T',
      shell: 's:',
      alternative: 'a',
    });
    if (options.has('T')) return ENHANCED;
    const operands = [...options.operands];
    // The old form, without -o, quotes nothing.
    const quotes = options.has('o') && !options.has('u');
    const short = options.value('o') ?? operands.shift();
    if (short === undefined) {
      await context.complain('missing optstring argument');
      return WRONG_USAGE;
    }
    const declared = declare(short, options.values('l').join(','));
    const { words, problems } = arrange(declared, operands);
    const name = options.value('n') ?? (context.flavour === 'gnu' ? context.process.argv[0] : context.name) ?? '';
    if (!options.has('q')) for (const problem of problems) await context.err.write(`${name}: ${problem}\n`);
    const shown = words.map(({ text, isValue }) => (isValue && quotes ? singleQuoted(text) : text));
    if (!options.has('Q')) await context.out.write(` ${shown.join(' ')}\n`);
    return problems.length === 0 ? 0 : WRONG_WORDS;
  },
};

function declare(short: string, long: string): Declared {
  const stopsAtOperand = short.startsWith('+');
  const letters = [...short.replace(/^[+-]/, '').matchAll(/([^:])(:{0,2})/g)];
  const names = long.split(/[\s,]+/).filter((name) => name !== '');
  return {
    stopsAtOperand,
    short: new Map(letters.map(([, letter = '', colons = '']) => [letter, colons.length as Arity])),
    long: new Map(
      names.map((name) => [name.replace(/:+$/, ''), (name.length - name.replace(/:+$/, '').length) as Arity]),
    ),
  };
}

interface Word {
  readonly text: string;
  readonly isValue: boolean;
}

/** Options first, then `--`, then operands. */
function arrange(declared: Declared, given: readonly string[]): { words: Word[]; problems: string[] } {
  const [words, operands, problems]: [Word[], Word[], string[]] = [[], [], []];
  const rest = [...given];
  const option = (text: string): number => words.push({ text, isValue: false });
  const value = (text: string): number => words.push({ text, isValue: true });
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') break;
    if (word.startsWith('--')) readLong(word.slice(2));
    else if (word.startsWith('-') && word !== '-') readShort(word.slice(1));
    else {
      operands.push({ text: word, isValue: true });
      if (declared.stopsAtOperand) break;
    }
  }
  operands.push(...rest.map((text) => ({ text, isValue: true })));
  return { words: [...words, { text: '--', isValue: false }, ...operands], problems };

  function readLong(word: string): void {
    const [name = '', ...behind] = word.split('=');
    const exact = declared.long.has(name) ? [name] : [...declared.long.keys()].filter((each) => each.startsWith(name));
    const [found] = exact;
    if (found === undefined) return void problems.push(`unrecognized option '--${name}'`);
    if (exact.length > 1) {
      const choices = exact.map((each) => `'--${each}'`).join(' ');
      return void problems.push(`option '--${name}' is ambiguous; possibilities: ${choices}`);
    }
    const arity = declared.long.get(found) ?? 0;
    if (arity === 0 && behind.length > 0) return void problems.push(`option '--${found}' doesn't allow an argument`);
    const attached = behind.length > 0 ? behind.join('=') : undefined;
    const text = arity === 1 ? (attached ?? rest.shift()) : attached;
    if (arity === 1 && text === undefined) return void problems.push(`option '--${found}' requires an argument`);
    option(`--${found}`);
    if (arity > 0) value(text ?? '');
  }

  function readShort(cluster: string): void {
    for (let at = 0; at < cluster.length; at++) {
      const letter = cluster.charAt(at);
      const arity = declared.short.get(letter);
      const behind = cluster.slice(at + 1);
      if (arity === undefined) {
        problems.push(`invalid option -- '${letter}'`);
        continue;
      }
      if (arity === 0) {
        option(`-${letter}`);
        continue;
      }
      const text = behind !== '' || arity === 2 ? behind : rest.shift();
      if (text === undefined) return void problems.push(`option requires an argument -- '${letter}'`);
      option(`-${letter}`);
      value(text);
      return;
    }
  }
}
