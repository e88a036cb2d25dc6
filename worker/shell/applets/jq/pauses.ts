/**
 * How a filter lets others in: filters are generators, and between two of their outputs (or before the first) they may give
 * {@link PAUSE}, which every filter hands on to the program that runs them all.
 */
export const PAUSE = Symbol('pause');
export type Pause = typeof PAUSE;

/** Gives values, and pauses in between. */
export type Steps<T> = Generator<T | Pause, void, undefined>;

/** Runs `body` on each value and gives what that gives. */
export function* each<T, U>(source: Iterable<T | Pause>, body: (value: T) => Iterable<U | Pause>): Steps<U> {
  for (const item of source) {
    if (item === PAUSE) yield PAUSE;
    else yield* body(item);
  }
}

/** The values, each made into another. */
export function* mapped<T, U>(source: Iterable<T | Pause>, make: (value: T) => U): Steps<U> {
  for (const item of source) yield item === PAUSE ? PAUSE : make(item);
}

/** Calls `use` with each value; gives only pauses. */
export function* forEach<T>(source: Iterable<T | Pause>, use: (value: T) => void): Generator<Pause, void, undefined> {
  for (const item of source) {
    if (item === PAUSE) yield PAUSE;
    else use(item);
  }
}

/** All values as an array; gives only pauses. */
export function* collect<T>(source: Iterable<T | Pause>): Generator<Pause, T[], undefined> {
  const all: T[] = [];
  yield* forEach(source, (value) => all.push(value));
  return all;
}
