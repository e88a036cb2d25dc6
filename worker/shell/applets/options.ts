/** Command line options as getopt(3) reads them, and the errors busybox prints for wrong ones. */

/** Thrown for wrong usage: the program prints the message and its usage, and ends with `status` (the applet's by default). */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly status: number | undefined;
  /** What the GNU program of that name says. */
  readonly gnuMessage: string;

  /** An empty message prints the usage alone; GNU's programs always say something, `missing operand` where nothing else is told. */
  constructor(message: string, status?: number, gnuMessage = message === '' ? 'missing operand' : message) {
    super(message);
    this.status = status;
    this.gnuMessage = gnuMessage;
  }
}

/** What a command line says. */
export interface Options {
  /** True when the option was given. */
  has(option: string): boolean;
  /** How often it was given. */
  count(option: string): number;
  /** Its last value; undefined when not given, empty for an optional value left out. */
  value(option: string): string | undefined;
  /** All its values in order. */
  values(option: string): readonly string[];
  /** Options and their values in the order they were written. */
  readonly given: readonly { readonly option: string; readonly value: string | undefined }[];
  /** The words that are no options. */
  readonly operands: readonly string[];
  /** How many options were written before each operand. */
  readonly positions: readonly number[];
}

/** Arguments an option takes. */
type Arity = 'none' | 'required' | 'optional';

/**
 * Parses words. `spec` names the short options as getopt does: `ab:c::` takes -a, -b VALUE, -cVALUE or -c; a leading `+` stops at
 * the first operand (else options may follow operands, until `--`). `long` maps long names to short letters, or to
 * themselves with `:` or `::` where they have no letter. Throws {@link UsageError}.
 */
export function parseOptions(
  words: readonly string[],
  spec: string,
  long: Readonly<Record<string, string>> = {},
): Options {
  const stopAtOperand = spec.startsWith('+');
  const arities = shortArities(spec.replace(/^\+/, ''));
  const given: { option: string; value: string | undefined }[] = [];
  const operands: string[] = [];
  const positions: number[] = [];
  const rest = [...words].reverse();
  const take = (option: string): string => {
    const value = rest.pop();
    if (value === undefined) throw new UsageError(`option requires an argument -- '${option}'`);
    return value;
  };
  while (rest.length > 0) {
    const word = rest.pop() ?? '';
    if (word === '--') {
      operands.push(...rest.reverse());
      break;
    }
    if (word.startsWith('--')) {
      given.push(parseLong(word, long, arities, rest));
    } else if (word.length > 1 && word.startsWith('-')) {
      parseCluster(word.slice(1), arities, given, take);
    } else {
      positions.push(given.length);
      operands.push(word);
      if (!stopAtOperand) continue;
      operands.push(...rest.reverse());
      break;
    }
  }
  const valuesOf = (option: string): string[] =>
    given.flatMap((one) => (one.option === option ? [one.value ?? ''] : []));
  return {
    has: (option) => given.some((one) => one.option === option),
    count: (option) => valuesOf(option).length,
    value: (option) => valuesOf(option).at(-1),
    values: valuesOf,
    given,
    operands,
    positions: operands.map((_, index) => positions[index] ?? given.length),
  };
}

function shortArities(spec: string): Map<string, Arity> {
  const arities = new Map<string, Arity>();
  for (const match of spec.matchAll(/([^:])(:{0,2})/g)) arities.set(match[1] ?? '', arityOf(match[2] ?? ''));
  return arities;
}

function arityOf(colons: string): Arity {
  return colons === '' ? 'none' : colons === ':' ? 'required' : 'optional';
}

function parseCluster(
  letters: string,
  arities: ReadonlyMap<string, Arity>,
  given: { option: string; value: string | undefined }[],
  take: (option: string) => string,
): void {
  for (let i = 0; i < letters.length; i++) {
    const option = letters[i] ?? '';
    const arity = arities.get(option);
    if (arity === undefined) throw new UsageError(`invalid option -- '${option}'`);
    if (arity === 'none') {
      given.push({ option, value: undefined });
      continue;
    }
    const attached = letters.slice(i + 1);
    const value = attached !== '' ? attached : arity === 'required' ? take(option) : undefined;
    given.push({ option, value });
    return;
  }
}

function parseLong(
  word: string,
  long: Readonly<Record<string, string>>,
  arities: ReadonlyMap<string, Arity>,
  rest: string[],
): { option: string; value: string | undefined } {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word.slice(2) : word.slice(2, equals);
  const names = Object.keys(long).filter((known) => known.startsWith(name));
  const match = names.find((known) => known === name) ?? (names.length === 1 ? names[0] : undefined);
  if (match === undefined) {
    throw new UsageError(
      names.length > 1
        ? `option '--${name}' is ambiguous`
        : `unrecognized option '${word.slice(0, equals === -1 ? undefined : equals)}'`,
    );
  }
  const meaning = long[match] ?? match;
  const option = meaning.replace(/:+$/, '') || match;
  const arity = arities.get(option) ?? arityOf(/:*$/.exec(meaning)?.[0] ?? '');
  const attached = equals === -1 ? undefined : word.slice(equals + 1);
  if (arity === 'none') {
    if (attached !== undefined) throw new UsageError(`option '--${match}' doesn't allow an argument`);
    return { option, value: undefined };
  }
  if (attached !== undefined || arity === 'optional') return { option, value: attached };
  const value = rest.pop();
  if (value === undefined) throw new UsageError(`option '--${match}' requires an argument`);
  return { option, value };
}
