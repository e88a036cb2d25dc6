/** tr: works on bytes, as busybox does. */
import { encodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { unescapeText, type EscapeRules } from './escapes.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

const LONG = { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' };
const BYTES = 256;

export const tr: Applet = {
  names: ['tr'],
  summary: 'Translate, squeeze, or delete characters from stdin, writing to stdout',
  usage: '[-cds] STRING1 [STRING2]',
  async run(context) {
    const options = parseOptions(context.args, '+Ccdst', LONG);
    const [from, to, ...more] = options.operands;
    const problem = context.flavour === 'gnu' ? operandProblem(context, options) : undefined;
    if (from === undefined || more.length > 0 || problem !== undefined) throw new UsageError('', undefined, problem);
    const remove = options.has('d');
    const odd = context.flavour === 'gnu' ? setProblem([from, to ?? '']) : undefined;
    if (odd !== undefined) return context.complain(odd);
    const first = expandSet(from);
    const source = options.has('c') || options.has('C') ? complement(first) : first;
    const target = to === undefined ? undefined : expandSet(to);
    if (target?.length === 0) throw new UsageError('STRING2 cannot be empty');
    const map = translation(source, remove ? undefined : target);
    const removed = membership(remove ? source : []);
    const squeezed = membership(options.has('s') ? (target ?? source) : []);
    const input = context.stdin();
    let last = -1;
    for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
      const out = new Uint8Array(bytes.byteLength);
      let length = 0;
      for (const byte of bytes) {
        if (removed[byte] === 1) continue;
        const result = map[byte] ?? byte;
        if (result === last && squeezed[result] === 1) continue;
        last = result;
        out[length++] = result;
      }
      await context.out.write(out.subarray(0, length));
    }
    return 0;
  },
};

/** What GNU's tr has against its operands; busybox takes one string, and knows no other. */
function operandProblem(context: AppletContext, { operands, has }: Options): string | undefined {
  const [first, second, third] = operands;
  const alone = has('d') && !has('s');
  const least = has('d') === has('s') ? 2 : 1;
  if (first === undefined) return 'missing operand';
  const after = `missing operand after ${context.quote(first)}\n`;
  if (second === undefined && least === 2)
    return (
      after +
      (has('d')
        ? 'Two strings must be given when both deleting and squeezing repeats.'
        : 'Two strings must be given when translating.')
    );
  if (second !== undefined && alone)
    return `extra operand ${context.quote(second)}\nOnly one string may be given when deleting without squeezing repeats.`;
  return third === undefined ? undefined : `extra operand ${context.quote(third)}`;
}

/** What GNU's tr takes for no set: a class nobody knows, a range that runs backwards. */
function setProblem(sets: readonly string[]): string | undefined {
  for (const set of sets) {
    const name = [...set.matchAll(/\[:(\w*):\]/g)].map((match) => match[1] ?? '').find((one) => !(one in CLASSES));
    if (name !== undefined) return `invalid character class '${name}'`;
    for (const [range, from = '', to = ''] of set.replace(/\[:\w*:\]/g, '').matchAll(/([^\\])-([^\\\]])/g))
      if (from > to) return `range-endpoints of '${range}' are in reverse collating sequence order`;
  }
  return undefined;
}

function membership(set: readonly number[]): Uint8Array {
  const table = new Uint8Array(BYTES);
  for (const byte of set) table[byte] = 1;
  return table;
}

function complement(set: readonly number[]): number[] {
  const table = membership(set);
  return Array.from({ length: BYTES }, (_, byte) => byte).filter((byte) => table[byte] === 0);
}

/** The byte each byte becomes; the last of `target` serves for all that it has no partner for. */
function translation(source: readonly number[], target: readonly number[] | undefined): Uint8Array {
  const map = Uint8Array.from({ length: BYTES }, (_, byte) => byte);
  if (target === undefined) return map;
  source.forEach((byte, index) => (map[byte] = target[Math.min(index, target.length - 1)] ?? byte));
  return map;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const CLASSES: Readonly<Record<string, readonly number[]>> = {
  alpha: [...range(65, 90), ...range(97, 122)],
  upper: range(65, 90),
  lower: range(97, 122),
  digit: range(48, 57),
  alnum: [...range(48, 57), ...range(65, 90), ...range(97, 122)],
  space: [...range(9, 13), 32],
  blank: [9, 32],
  punct: [...range(33, 47), ...range(58, 64), ...range(91, 96), ...range(123, 126)],
  cntrl: [...range(0, 31), 127],
  graph: range(33, 126),
  print: range(32, 126),
  xdigit: [...range(48, 57), ...range(65, 70), ...range(97, 102)],
};

/** The bytes of a set: escapes, ranges, `[:class:]`, `[=c=]`, and `[c*n]`. */
function expandSet(text: string): number[] {
  const bytes: number[] = [];
  let rest = text;
  while (rest !== '') {
    const special = /^\[:(\w+):\]|^\[=(.)=\]|^\[(.)\*(\d*)\]/s.exec(rest);
    const named = special?.[1] === undefined ? undefined : CLASSES[special[1]];
    if (special !== null && (special[1] === undefined || named !== undefined)) {
      if (named !== undefined) bytes.push(...named);
      else if (special[2] !== undefined) bytes.push(...encodeText(special[2]));
      else {
        const [repeated = 0] = encodeText(special[3] ?? '');
        const count =
          special[4] === '' ? BYTES : parseInt(special[4] ?? '0', special[4]?.startsWith('0') === true ? 8 : 10);
        bytes.push(...Array.from({ length: count }, () => repeated));
      }
      rest = rest.slice(special[0].length);
      continue;
    }
    const one = /^\\[0-7]{1,3}|^\\.|^./su.exec(rest)?.[0] ?? rest;
    const after = rest.slice(one.length);
    const upper = /^-(\\[0-7]{1,3}|\\.|[^\\])/su.exec(after)?.[1];
    const low = codes(one);
    if (upper === undefined) {
      bytes.push(...low);
      rest = after;
    } else {
      bytes.push(...range(low[0] ?? 0, codes(upper)[0] ?? 0));
      rest = after.slice(upper.length + 1);
    }
  }
  return bytes;
}

function codes(text: string): Uint8Array {
  const rules: EscapeRules = {
    octalNeedsZero: false,
    hexadecimal: false,
    escape: false,
    unicode: false,
    stop: false,
    quotes: false,
  };
  const plain = unescapeText(text, rules).text;
  return encodeText(plain.length > 1 && plain.startsWith('\\') ? plain.slice(1) : plain);
}
