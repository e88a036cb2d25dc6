/** numfmt: numbers with and without the letters for thousands */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

const LETTERS = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y', 'R', 'Q'];
/** Status for input that is no number. */
const INVALID = 2;

type Scale = 'none' | 'si' | 'iec' | 'iec-i' | 'auto';
type Rounding = 'up' | 'down' | 'from-zero' | 'towards-zero' | 'nearest';

const ROUNDINGS: Readonly<Record<Rounding, (value: number) => number>> = {
  up: Math.ceil,
  down: Math.floor,
  'from-zero': (value) => (value < 0 ? Math.floor(value) : Math.ceil(value)),
  'towards-zero': Math.trunc,
  nearest: (value) => Math.sign(value) * Math.round(Math.abs(value)),
};

export const numfmt: Applet = {
  names: ['numfmt'],
  summary: 'Convert numbers from and to human-readable strings',
  usage: '[OPTION]... [NUMBER]...',
  async run(context) {
    const words = context.args.map((word) => (/^-\d/.test(word) ? `\0${word}` : word));
    const options = parseOptions(words, 'd:z', {
      from: 'from:', to: 'to:', 'from-unit': 'from-unit:', 'to-unit': 'to-unit:', round: 'round:', suffix: 'suffix:', padding: 'padding:',
      field: 'field:', delimiter: 'd', format: 'format:', grouping: 'grouping', header: 'header::', invalid: 'invalid:', 'zero-terminated': 'z',
    }); // prettier-ignore
    const formatter = new Formatter(context, options);
    let status = 0;
    if (options.operands.length > 0) {
      for (const word of options.operands) {
        const result = await formatter.line(word.replace('\0', ''));
        if (result === undefined) return INVALID;
        await context.out.write(`${result}\n`);
      }
      return status;
    }
    const headers = options.has('header') ? Number(options.value('header') || '1') : 0;
    let line = 0;
    for await (const text of context.stdin().lines()) {
      const converted = line++ < headers ? text : await formatter.line(text);
      if (converted === undefined) status = INVALID;
      if (converted === undefined && (options.value('invalid') ?? 'abort') === 'abort') return INVALID;
      await context.out.write(`${converted ?? text}\n`);
    }
    return status;
  },
};

class Formatter {
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #from: Scale;
  readonly #to: Scale;
  readonly #round: (value: number) => number;
  readonly #fields: readonly string[];

  constructor(context: AppletContext, options: Options) {
    this.#context = context;
    this.#options = options;
    this.#from = scaleOf(options.value('from'));
    this.#to = scaleOf(options.value('to'));
    const rounding = options.value('round') ?? 'from-zero';
    if (!isRounding(rounding)) throw new UsageError(`invalid argument '${rounding}' for '--round'`);
    this.#round = ROUNDINGS[rounding];
    this.#fields = (options.value('field') ?? '1').split(',');
  }

  /** A line with its numbers converted; undefined where one is none. */
  async line(text: string): Promise<string | undefined> {
    const delimiter = this.#options.value('d');
    const parts = delimiter === undefined ? text.split(/(?<=\S)(?=\s)/) : text.split(delimiter);
    const out: string[] = [];
    for (const [index, part] of parts.entries()) {
      if (!this.#isChosen(index + 1)) {
        out.push(part);
        continue;
      }
      const converted = await this.number(part.trim(), delimiter === undefined && parts.length > 1, part.length);
      if (converted === undefined) return undefined;
      out.push(delimiter === undefined && index > 0 && !converted.startsWith(' ') ? ` ${converted}` : converted);
    }
    return out.join(delimiter ?? '');
  }

  #isChosen(field: number): boolean {
    return this.#fields.some((one) => {
      const [, from = '', dash = '', to = ''] = /^(\d*)(-?)(\d*)$/.exec(one) ?? [];
      if (dash === '') return Number(from) === field;
      return field >= Number(from || 1) && field <= Number(to || Infinity);
    });
  }

  /** A number converted; undefined (and a message) where it is none. `padded`: to the width it had. */
  async number(text: string, padded: boolean, width = 0): Promise<string | undefined> {
    const suffix = this.#options.value('suffix') ?? '';
    const bare = suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
    const [, digits, , letter = '', i = ''] = /^(-?\d+(\.\d+)?) ?([KkMGTPEZYRQ]?)(i?)$/.exec(bare) ?? [];
    if (digits === undefined) return this.#refuse(`invalid number: '${text}'`);
    if (letter !== '' && this.#from === 'none')
      return this.#refuse(`rejecting suffix in input: '${text}' (consider using --from)`);
    if (i === '' && letter !== '' && this.#from === 'iec-i')
      return this.#refuse(`missing 'i' suffix in input: '${text}' (e.g Ki/Mi/Gi)`);
    if (i !== '' && this.#from !== 'auto' && this.#from !== 'iec-i')
      return this.#refuse(`invalid suffix in input '${text}': 'i'`);
    const base = this.#from === 'si' || (this.#from === 'auto' && i === '') ? 1000 : 1024;
    const unit = (name: string): number => Number(this.#options.value(name) ?? '1');
    const power = LETTERS.indexOf(letter.toUpperCase());
    const value = (Number(digits) * base ** Math.max(0, power) * unit('from-unit')) / unit('to-unit');
    const decimals = this.#to === 'none' && this.#from === 'none' ? (digits.split('.')[1]?.length ?? 0) : 0;
    const shown = this.#shown(value, decimals) + suffix;
    const padding = Number(this.#options.value('padding') ?? (padded ? width : 0));
    return padding < 0 ? shown.padEnd(-padding) : shown.padStart(padding);
  }

  #shown(value: number, decimals: number): string {
    const format = /^(.*?)%(['0]*)(-?\d*)(?:\.(\d+))?f(.*)$/.exec(this.#options.value('format') ?? '');
    const precision = format?.[4] === undefined ? undefined : Number(format[4]);
    const text = this.#scaled(value, precision ?? undefined, decimals);
    if (format === null) return this.#options.has('grouping') ? grouped(text) : text;
    const width = Number(format[3] ?? 0);
    const plain = format[2]?.includes("'") === true ? grouped(text) : text;
    const padded =
      width < 0 ? plain.padEnd(-width) : plain.padStart(width, format[2]?.includes('0') === true ? '0' : ' ');
    return `${format[1] ?? ''}${padded}${format[5] ?? ''}`;
  }

  #scaled(value: number, precision: number | undefined, decimals: number): string {
    const rounded = (number: number, places: number): number => this.#round(number * 10 ** places) / 10 ** places;
    if (this.#to === 'none' || this.#to === 'auto') {
      const places = precision ?? decimals;
      return rounded(value, places).toFixed(places);
    }
    const base = this.#to === 'si' ? 1000 : 1024;
    let power = 0;
    let scaled = value;
    while (Math.abs(scaled) >= base && power < LETTERS.length - 1) {
      scaled /= base;
      power++;
    }
    const places = precision ?? (power > 0 && Math.abs(scaled) < 10 ? 1 : 0);
    let shown = rounded(scaled, places);
    if (Math.abs(shown) >= base && power < LETTERS.length - 1) {
      shown /= base;
      power++;
    }
    const finalPlaces = precision ?? (power > 0 && Math.abs(shown) < 10 ? 1 : 0);
    return `${shown.toFixed(finalPlaces)}${LETTERS[power] ?? ''}${this.#to === 'iec-i' && power > 0 ? 'i' : ''}`;
  }

  async #refuse(message: string): Promise<undefined> {
    if (this.#options.value('invalid') !== 'ignore') await this.#context.complain(message);
    return undefined;
  }
}

function scaleOf(text = 'none'): Scale {
  if (text === 'none' || text === 'si' || text === 'iec' || text === 'iec-i' || text === 'auto') return text;
  throw new UsageError(`invalid argument '${text}'`);
}

const isRounding = (text: string): text is Rounding => Object.hasOwn(ROUNDINGS, text);

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
