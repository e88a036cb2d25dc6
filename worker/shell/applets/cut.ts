/** cut */
import { decodeText, encodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { eachInput } from './inputs.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

/** Positions from `first` to `last`, counted from 1, both inclusive. */
interface Range {
  readonly first: number;
  readonly last: number;
}

const LONG = {
  bytes: 'b', characters: 'c', fields: 'f', delimiter: 'd', 'only-delimited': 's', 'output-delimiter': 'O', complement: 'complement', 'zero-terminated': 'z',
}; // prettier-ignore

export const cut: Applet = {
  names: ['cut'],
  summary: 'Print selected fields from FILEs to stdout',
  usage: '[OPTIONS] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'b:c:f:F:d:O:Dsn', LONG);
    const unit = unitOf(options);
    if (unit === undefined)
      return wrong(
        context,
        'expected a list of bytes, characters, or fields',
        'you must specify a list of bytes, characters, or fields',
      );
    if ((unit === 'b' || unit === 'c') && options.has('d'))
      return wrong(
        context,
        'a delimiter may be specified only when operating on fields',
        'an input delimiter may be specified only when operating on fields',
      );
    if ((unit === 'b' || unit === 'c') && options.has('s'))
      return wrong(
        context,
        'suppressing non-delimited lines makes sense only when operating on fields',
        'suppressing non-delimited lines makes sense\n\tonly when operating on fields',
      );
    if (context.flavour === 'gnu' && [...(options.value('d') ?? '')].length > 1)
      throw new UsageError('the delimiter must be a single character');

    const ranges = parseRanges(options.value(unit) ?? '', !options.has('D'));
    if (typeof ranges === 'string')
      return wrong(context, ranges, gnuListProblem(context, options.value(unit) ?? '', unit));
    const gnu = context.flavour === 'gnu';
    if (gnu && /(?:^|[,-])0+(?:[,-]|$)/.test(options.value(unit) ?? ''))
      throw new UsageError(gnuListProblem(context, options.value(unit) ?? '', unit));
    const select = selector(unit, options.has('complement') ? complementOf(ranges) : ranges, options);
    return eachInput(context, options.operands, async (input) => {
      for await (const lines of input.batches()) {
        let text = '';
        for (const line of lines) {
          const selected = select(line);
          if (selected !== undefined) text += `${selected}\n`;
        }
        await context.out.write(text);
      }
    });
  },
};

type Unit = 'b' | 'c' | 'f' | 'F';

function unitOf(options: Options): Unit | undefined {
  const given = (['b', 'c', 'f', 'F'] as const).filter((unit) => options.has(unit));
  if (given.length > 1) throw new UsageError('', undefined, 'only one list may be specified');
  return given[0];
}

/** The ranges of a list such as `1,3-5,7-`, in order unless `sort` is false; or what is wrong with it. */
function parseRanges(list: string, sort: boolean): readonly Range[] | string {
  const ranges: Range[] = [];
  for (const part of list.split(',')) {
    if (part === '') continue;
    const [from = '', to] = part.split('-', 2);
    const wrong = [from, to ?? ''].find((number) => !/^\d*$/.test(number));
    if (wrong !== undefined) return `invalid number '${wrong}'`;
    const first = Math.max(1, Number(from));
    const last = to === undefined ? first : to === '' ? Infinity : Number(to);
    // busybox counts from 0 here
    if (last < first) return `${last}<${first - 1}`;
    ranges.push({ first: from === '0' && to === undefined ? 1 : first, last });
  }
  if (ranges.length === 0) return 'missing list of positions';
  return sort ? ranges.sort((a, b) => a.first - b.first) : ranges;
}

/** What GNU's cut says of a list that is none. */
function gnuListProblem(context: AppletContext, list: string, unit: Unit): string {
  const what = unit === 'f' ? 'field' : 'byte/character position';
  const odd = /[^\d,-]/.test(list);
  if (odd) return `invalid ${what === 'field' ? 'field value' : 'byte or character position'} ${context.quote(list)}`;
  if (/(?:^|,)-(?:,|$)/.test(list)) return 'invalid range with no endpoint: -';
  if (/(?:^|[,-])0+(?:[,-]|$)/.test(list))
    return `${what === 'field' ? 'fields' : 'byte/character positions'} are numbered from 1`;
  return 'invalid decreasing range';
}

/** Busybox says what is wrong; GNU's cut says it, and where its help is. */
function wrong(context: AppletContext, message: string, gnuMessage: string): Promise<number> {
  if (context.flavour === 'gnu') throw new UsageError(gnuMessage);
  return context.complain(message);
}

/** The positions that are in none of the ranges, which are in order. */
function complementOf(ranges: readonly Range[]): Range[] {
  const rest: Range[] = [];
  let next = 1;
  for (const { first, last } of ranges) {
    if (first > next) rest.push({ first: next, last: first - 1 });
    next = Math.max(next, last + 1);
  }
  if (next < Infinity) rest.push({ first: next, last: Infinity });
  return rest;
}

/** What is left of a line; undefined where it is not printed at all. */
function selector(unit: Unit, ranges: readonly Range[], options: Options): (line: string) => string | undefined {
  const ordered = !options.has('D');
  if (unit === 'b') {
    return (line) => {
      const bytes = encodeText(line);
      return decodeText(Uint8Array.from(pick(bytes, ranges, ordered)));
    };
  }
  if (unit === 'c') return (line) => pick([...line], ranges, ordered).join('');
  const delimiter = options.value('d');
  const separator = unit === 'F' ? new RegExp(delimiter ?? '\\s+') : (delimiter ?? '\t').slice(0, 1) || '\n';
  const joiner = options.value('O') ?? (typeof separator === 'string' ? separator : ' ');
  const onlyDelimited = options.has('s') || (unit === 'F' && ordered);
  return (line) => {
    const fields = line.split(separator);
    if (fields.length === 1) return onlyDelimited ? undefined : line;
    return pick(fields, ranges, ordered).join(joiner);
  };
}

/** The items in the ranges; where `ordered`, none of them twice. */
function pick<Item>(items: ArrayLike<Item>, ranges: readonly Range[], ordered: boolean): Item[] {
  const picked: Item[] = [];
  let next = 1;
  for (const { first, last } of ranges) {
    for (let at = ordered ? Math.max(first, next) : first; at <= Math.min(last, items.length); at++) {
      const item = items[at - 1];
      if (item !== undefined) picked.push(item);
      next = at + 1;
    }
  }
  return picked;
}
