/** cut */
import { decodeText, encodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

/** Positions from `first` to `last`, counted from 1, both inclusive. */
interface Range {
  readonly first: number;
  readonly last: number;
}

const LONG = {
  bytes: 'b', characters: 'c', fields: 'f', delimiter: 'd', 'only-delimited': 's', 'output-delimiter': 'O',
}; // prettier-ignore

export const cut: Applet = {
  names: ['cut'],
  summary: 'Print selected fields from FILEs to stdout',
  usage: '[OPTIONS] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'b:c:f:F:d:O:Dsn', LONG);
    const unit = unitOf(options);
    if (unit === undefined) return context.complain('expected a list of bytes, characters, or fields');
    if ((unit === 'b' || unit === 'c') && options.has('d'))
      return context.complain('a delimiter may be specified only when operating on fields');
    if ((unit === 'b' || unit === 'c') && options.has('s'))
      return context.complain('suppressing non-delimited lines makes sense only when operating on fields');
    const ranges = parseRanges(options.value(unit) ?? '', !options.has('D'));
    if (typeof ranges === 'string') return context.complain(ranges);
    const select = selector(unit, ranges, options);
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
  if (given.length > 1) throw new UsageError('');
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
