/**
 * How long JavaScript's own matcher may take. It tries one way after the other and cannot be stopped: for most expressions
 * that is the fastest there is, for some (`(a*)*b`, three `.*` on a long line) it takes years.
 */
import { ASCII, BEYOND_ASCII } from './characters.ts';
import type { ExpressionNode } from './syntax.ts';

export interface Cost {
  /** Repetitions without an end, one behind the other: the time grows with the text to the power of them. */
  readonly power: number;
  /** The logarithm of how many ways there are besides. */
  readonly ways: number;
  /** A repetition inside a repetition: no bound is known. */
  readonly unbounded: boolean;
  /** The order of alternatives may decide what is matched. */
  readonly ambiguous: boolean;
  /** It refers to what a group has matched. */
  readonly referring: boolean;
}

/** One way, as long as the text. */
export const COSTS_NOTHING: Cost = { power: 0, ways: 0, unbounded: false, ambiguous: false, referring: false };

export function costOf(node: ExpressionNode): Cost {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return COSTS_NOTHING;
    case 'reference':
      return { ...COSTS_NOTHING, referring: true };
    case 'group':
      return costOf(node.body);
    case 'look':
      return costOf(node.body);
    case 'sequence':
      return node.items.map(costOf).reduce(together, COSTS_NOTHING);
    case 'choice': {
      const ambiguous = !areDisjoint(node.options);
      const ways = ambiguous ? Math.log(node.options.length) : 0;
      const options = node.options.map(costOf);
      // one option is taken at a time
      const power = Math.max(...options.map((one) => one.power));
      const all = options.reduce(together, COSTS_NOTHING);
      return { ...all, power, ways: all.ways + ways, ambiguous: all.ambiguous || ambiguous };
    }
    case 'repeat': {
      const body = costOf(node.body);
      const { least, most } = node;
      const times = Number.isFinite(most) ? most : least + 1;
      const varies = body.power > 0 || body.ways > 0 || isNullable(node.body);
      return {
        ...body,
        power: body.power * times + (Number.isFinite(most) ? 0 : 1),
        ways: body.ways * times + (Number.isFinite(most) ? Math.log(most - least + 1) : 0),
        unbounded: body.unbounded || (varies && !Number.isFinite(most)),
      };
    }
  }
}

function together(left: Cost, right: Cost): Cost {
  return {
    power: left.power + right.power,
    ways: left.ways + right.ways,
    unbounded: left.unbounded || right.unbounded,
    ambiguous: left.ambiguous || right.ambiguous,
    referring: left.referring || right.referring,
  };
}

/** An upper bound of the steps for a text of this many characters, tried at each of its places or, anchored, at the first. */
export function stepsFor({ power, ways, unbounded }: Cost, length: number, anchored: boolean): number {
  if (unbounded) return Infinity;
  let steps = (anchored ? 1 : length) * Math.exp(ways);
  for (let i = 1; i <= power; i++) steps *= Math.max(1, length / i);
  return steps;
}

/** True when it may match the empty text. */
export function isNullable(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(isNullable);
    case 'choice':
      return node.options.some(isNullable);
    case 'group':
      return isNullable(node.body);
    case 'repeat':
      return node.least === 0 || isNullable(node.body);
    case 'assertion':
    case 'reference':
    case 'look':
      return true;
  }
}

/** True when it can match at the start of the text only. */
export function isAnchored(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'assertion':
      return node.assertion === 'start';
    case 'group':
      return isAnchored(node.body);
    case 'sequence':
      return node.items[0] !== undefined && isAnchored(node.items[0]);
    case 'choice':
      return node.options.every(isAnchored);
    default:
      return false;
  }
}

/** The characters a match may begin with, as {@link CharacterSet.firsts}; undefined where it may begin with any. */
export function firstsOf(node: ExpressionNode): Uint8Array | undefined {
  switch (node.kind) {
    case 'set':
      return node.set.firsts();
    case 'group':
      return firstsOf(node.body);
    case 'repeat':
      return node.least === 0 ? undefined : firstsOf(node.body);
    case 'choice':
      return union(node.options.map(firstsOf));
    case 'sequence': {
      const consuming = node.items.findIndex((item) => item.kind !== 'assertion' && item.kind !== 'look');
      const first = node.items[consuming];
      return first === undefined || isNullable(first) ? undefined : firstsOf(first);
    }
    case 'assertion':
    case 'reference':
    case 'look':
      return undefined;
  }
}

function union(sets: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  const all = new Uint8Array(ASCII + 1);
  for (const set of sets) {
    if (set === undefined) return undefined;
    set.forEach((member, code) => {
      if (member === 1) all[code] = 1;
    });
  }
  return all;
}

/** No character begins two of them, so that only one can match at a place. */
function areDisjoint(options: readonly ExpressionNode[]): boolean {
  const seen = new Uint8Array(ASCII + 1);
  for (const option of options) {
    const firsts = firstsOf(option);
    if (firsts === undefined) return false;
    for (let code = 0; code <= BEYOND_ASCII; code++) {
      if (firsts[code] !== 1) continue;
      if (seen[code] === 1) return false;
      seen[code] = 1;
    }
  }
  return true;
}
