/** Names with values, as ENV and LABEL take them. */
import { requireName, requireSome } from './argument-count.ts';
import type { StageBuilder } from './stage-builder.ts';

export interface NameValuePair {
  readonly name: string;
  readonly value: string;
  /** Written the old way, `name value`. */
  readonly legacy: boolean;
}

/** Reads the arguments of the syntax `assignments`. Throws `dockerfile` where there are none, and for an empty name. */
export function readNameValuePairs(directive: string, args: readonly string[]): readonly NameValuePair[] {
  requireSome(directive, args);
  const pairs: NameValuePair[] = [];
  for (let i = 0; i + 2 < args.length; i += 3) {
    const name = args[i]!;
    requireName(directive, name);
    pairs.push({ name, value: args[i + 1]!, legacy: args[i + 2] === '' });
  }
  return pairs;
}

/** All names and values expanded, before any of them is set. */
export function expandPairs(pairs: readonly NameValuePair[], stage: StageBuilder): readonly NameValuePair[] {
  return pairs.map(({ name, value, legacy }) => ({ name: stage.expand(name), value: stage.expand(value), legacy }));
}

/** `ENV A=b C=d`, as the image's history tells it. */
export function historyOfPairs(directive: string, pairs: readonly NameValuePair[]): string {
  return [directive, ...pairs.map(({ name, value }) => `${name}=${value}`)].join(' ');
}
