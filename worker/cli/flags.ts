/** Parsing a command's words into flags and operands, as pflag does for Docker. */
import type { FlagSpec } from './command.ts';
import { integerOf, isRepeatable, parseBool, valueProblem } from './flag-kinds.ts';

/** What the flags of a command were given. Asking for a flag the command does not have is a bug, and throws. */
export class Flags {
  readonly #specs: ReadonlyMap<string, FlagSpec>;
  readonly #values = new Map<string, string[]>();

  constructor(specs: readonly FlagSpec[]) {
    this.#specs = new Map(specs.map((spec) => [spec.name, spec]));
  }

  /** Stores one value; the last wins unless the kind collects. */
  add(spec: FlagSpec, value: string): void {
    const before = isRepeatable(spec.kind) ? (this.#values.get(spec.name) ?? []) : [];
    this.#values.set(spec.name, [...before, ...(spec.kind === 'strings' ? value.split(',') : [value])]);
  }

  /** True when it stood on the command line. */
  given(name: string): boolean {
    this.#assertKnown(name);
    return this.#values.has(name);
  }

  bool(name: string): boolean {
    return parseBool(this.text(name) ?? 'false') ?? false;
  }

  /** The value as it was written, undefined when the flag was not given. */
  text(name: string): string | undefined {
    this.#assertKnown(name);
    return this.#values.get(name)?.at(-1);
  }

  /** The value of an integer flag. */
  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(integerOf(text));
  }

  /** All values of a flag that collects. */
  list(name: string): readonly string[] {
    this.#assertKnown(name);
    return this.#values.get(name) ?? [];
  }

  #assertKnown(name: string): void {
    if (!this.#specs.has(name)) throw new TypeError(`the command has no flag --${name}`);
  }
}

/** Words that cannot be parsed, as pflag says it. */
export class FlagError extends Error {}

export interface ParsedWords {
  readonly flags: Flags;
  readonly operands: readonly string[];
}

/** Parses words. With `flagsFirst` the first operand ends the flags. Throws {@link FlagError}. */
export function parseFlags(specs: readonly FlagSpec[], words: readonly string[], flagsFirst: boolean): ParsedWords {
  const flags = new Flags(specs);
  const operands: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest);
      break;
    }
    if (word.startsWith('--')) parseLong(specs, flags, word.slice(2), rest);
    else if (word.startsWith('-') && word !== '-') parseShorts(specs, flags, word.slice(1), rest);
    else {
      operands.push(word);
      if (flagsFirst) {
        operands.push(...rest);
        break;
      }
    }
  }
  return { flags, operands };
}

function parseLong(specs: readonly FlagSpec[], flags: Flags, word: string, rest: string[]): void {
  const equals = word.indexOf('=');
  const name = equals === -1 ? word : word.slice(0, equals);
  const spec = specs.find((each) => each.name === name);
  if (spec === undefined) {
    throw new FlagError(name === '' || name.startsWith('-') ? `bad flag syntax: --${word}` : `unknown flag: --${name}`);
  }
  if (equals !== -1) return set(flags, spec, word.slice(equals + 1));
  if (spec.kind === 'bool') return set(flags, spec, 'true');
  const value = rest.shift();
  if (value === undefined) throw new FlagError(`flag needs an argument: --${name}`);
  set(flags, spec, value);
}

/** A cluster of short flags: `-it`, `-p80:80`, `-n=3`. */
function parseShorts(specs: readonly FlagSpec[], flags: Flags, cluster: string, rest: string[]): void {
  let left = cluster;
  while (left !== '') {
    const letter = left.slice(0, 1);
    const spec = specs.find((each) => each.short === letter);
    if (spec === undefined) throw new FlagError(`unknown shorthand flag: '${letter}' in -${left}`);
    const behind = left.slice(1);
    if (behind.startsWith('=')) return set(flags, spec, behind.slice(1));
    if (spec.kind === 'bool') {
      set(flags, spec, 'true');
      left = behind;
      continue;
    }
    const value = behind === '' ? rest.shift() : behind;
    if (value === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${left}`);
    return set(flags, spec, value);
  }
}

function set(flags: Flags, spec: FlagSpec, value: string): void {
  const problem = valueProblem(spec.kind, value) ?? spec.problem?.(value);
  if (problem !== undefined) {
    const shown = spec.short === undefined ? `--${spec.name}` : `-${spec.short}, --${spec.name}`;
    throw new FlagError(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${problem}`);
  }
  flags.add(spec, value);
}
