/** Sorting: stable, with a key, and with the program's own order where its classes have one. */
import { Float } from '../objects/containers.ts';
import type { Value } from '../objects/values.ts';
import { compareTexts, ordered } from '../machine/comparison.ts';
import type { Machine } from '../machine/machine.ts';
import { call, CHECKPOINT, type Steps } from '../machine/steps.ts';

interface Keyed {
  readonly item: Value;
  readonly key: Value;
}

export function* sortValues(
  items: readonly Value[],
  key: Value,
  isReversed: boolean,
  machine: Machine,
): Steps<Value[]> {
  const keyed: Keyed[] = [];
  for (const item of items) keyed.push({ item, key: key === null ? item : yield* call(key, [item]) });
  machine.work((items.length * Math.log2(items.length + 1)) / 8);
  // equal items keep their order when it is turned round, so they are turned before and after
  if (isReversed) keyed.reverse();
  const sorted = keyed.every(({ key: own }) => typeof own === 'number')
    ? keyed.sort((a, b) => (a.key as number) - (b.key as number))
    : keyed.every(({ key: own }) => typeof own === 'string')
      ? keyed.sort((a, b) => compareTexts(a.key as string, b.key as string))
      : keyed.every(({ key: own }) => typeof own === 'number' || own instanceof Float)
        ? mergeSorted(keyed, (a, b) => ordered('<', b.key, a.key, machine))
        : yield* mergeSteps(keyed, machine);
  if (isReversed) sorted.reverse();
  return sorted.map(({ item }) => item);
}

function mergeSorted(items: Keyed[], isAfter: (a: Keyed, b: Keyed) => boolean): Keyed[] {
  return items.sort((a, b) => (isAfter(a, b) ? 1 : isAfter(b, a) ? -1 : 0));
}

/** A merge sort that lets others in between its comparisons. */
function* mergeSteps(items: Keyed[], machine: Machine): Steps<Keyed[]> {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = yield* mergeSteps(items.slice(0, middle), machine);
  const right = yield* mergeSteps(items.slice(middle), machine);
  const merged: Keyed[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (merged.length % 64 === 0) yield CHECKPOINT;
    merged.push(ordered('<', right[j]!.key, left[i]!.key, machine) ? right[j++]! : left[i++]!);
  }
  return [...merged, ...left.slice(i), ...right.slice(j)];
}
