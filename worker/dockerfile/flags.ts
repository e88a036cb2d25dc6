/** An instruction's flags against those its directive knows (BuildKit's `instructions/bflag.go`). */
import { EngineError } from '../base/errors.ts';
import { withSuggestion } from './suggestion.ts';

/** A flag of a directive: what the parser accepts, and what the editor tells of it. */
export interface FlagSpec {
  /** Without dashes. */
  readonly name: string;
  /** `strings` may be given several times. */
  readonly type: 'boolean' | 'string' | 'strings';
  readonly summary: string;
  /** What stands for the value in a syntax line: `user:group`. */
  readonly placeholder?: string;
  /** Values it takes, where they are few. */
  readonly values?: readonly string[];
  /** What an editor offers as its value, where that is not `values`. */
  readonly offers?: ValueOffer | FieldOffers;
}

/** Some of the values there are, or the stages and images that are known. */
export type ValueOffer = { readonly values: readonly string[] } | { readonly known: 'sources' };

/** A value that is a list of `key=value`: the keys of each type, and what is offered for them. */
export interface FieldOffers {
  readonly keysByType: Readonly<Record<string, readonly string[]>>;
  /** The type of a list that names none. */
  readonly defaultType: string;
  readonly valuesByKey: Readonly<Record<string, ValueOffer>>;
}

/** The values given; absent flags have the empty value of their type. */
export interface FlagValues {
  boolean(name: string): boolean;
  string(name: string): string;
  strings(name: string): readonly string[];
}

const NO_FLAGS: FlagValues = { boolean: () => false, string: () => '', strings: () => [] };

/** Reads flags as written (`--name=value`). Throws `dockerfile` for unknown, repeated and malformed ones. */
export function readFlags(flags: readonly string[], specs: readonly FlagSpec[]): FlagValues {
  if (flags.length === 0) return NO_FLAGS;
  const given = new Map<string, string[]>();
  for (const flag of flags) {
    const text = flag.slice(2);
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const spec = specs.find((candidate) => candidate.name === name);
    if (spec === undefined) {
      const names = specs.map((candidate) => candidate.name);
      throw new EngineError('dockerfile', withSuggestion(`unknown flag: ${name}`, name, names));
    }
    const values = given.get(name) ?? [];
    if (values.length > 0 && spec.type !== 'strings') {
      throw new EngineError('dockerfile', `duplicate flag specified: ${name}`);
    }
    values.push(flagValue(spec, equals < 0 ? undefined : text.slice(equals + 1)));
    given.set(name, values);
  }
  return {
    boolean: (name) => given.get(name)?.[0] === 'true',
    string: (name) => given.get(name)?.[0] ?? '',
    strings: (name) => given.get(name) ?? [],
  };
}

function flagValue(spec: FlagSpec, value: string | undefined): string {
  if (spec.type !== 'boolean') {
    if (value === undefined) throw new EngineError('dockerfile', `missing a value on flag: ${spec.name}`);
    return value;
  }
  if (value === undefined) return 'true';
  if (value === '') throw new EngineError('dockerfile', `missing a value on flag: ${spec.name}`);
  const lower = value.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower;
  throw new EngineError('dockerfile', `expecting boolean value for flag ${spec.name}, not: ${value}`);
}
